# title: the pod's key is read with a tool
# technique: T1528
# expects: service-account-token-read-by-tool
mkdir -p /run/secrets/kubernetes.io/serviceaccount
: >/run/secrets/kubernetes.io/serviceaccount/token
cat /run/secrets/kubernetes.io/serviceaccount/token
