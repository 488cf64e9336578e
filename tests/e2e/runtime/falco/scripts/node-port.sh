# rule: Unexpected K8s NodePort Connection
# title: a port between those that nodes open for services is called
# run: --cap-add NET_ADMIN
perl /scripts/net.pl tcp 198.51.100.7 30080
