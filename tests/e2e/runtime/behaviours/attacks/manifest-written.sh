# title: a static pod is written into a mount of the node
# technique: T1543.005
# expects: container-definition-written
mkdir -p /host/etc/kubernetes/manifests; : >/host/etc/kubernetes/manifests/x.yaml
