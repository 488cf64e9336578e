# title: a one-line of perl reads the pod's key
# technique: T1528
# expects: service-account-token-read-by-tool
# needs: perl
mkdir -p /run/secrets/kubernetes.io/serviceaccount; echo k >/run/secrets/kubernetes.io/serviceaccount/token
perl -ne 'print' /run/secrets/kubernetes.io/serviceaccount/token >/dev/null
