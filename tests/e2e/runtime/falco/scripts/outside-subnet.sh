# rule: Network Connection outside Local Subnet
# title: a pod of a guarded namespace connects to the outside
# where: pod
# needs: containerd ctr containerd-shim-runc-v2
# run: --cap-add CAP_NET_ADMIN --annotation io.kubernetes.cri.sandbox-namespace=guarded
perl /scripts/net.pl tcp 198.51.100.7 443
