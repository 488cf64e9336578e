# title: the kubelet is asked by its port
# technique: T1613
# expects: kubelet-port-asked
# needs: curl
curl -sk -m 1 https://127.0.0.1:10250/pods || true
