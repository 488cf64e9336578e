# title: an engine is asked over the network
# technique: T1610
# expects: engine-api-over-tcp
# needs: curl
curl -s -m 1 http://127.0.0.1:2375/containers/json || true
