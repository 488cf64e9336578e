# rule: Contact K8S API Server From Container
# title: the cluster's API server is called by its name
# run: --cap-add NET_ADMIN
perl /scripts/net.pl tcp 10.96.0.1 443 kubernetes.default.svc.cluster.local
