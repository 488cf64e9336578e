# title: the cloud's metadata are asked for with a tool
# technique: T1552.005
# expects: cloud-metadata-asked-by-tool
# run: --network=none --cap-add NET_ADMIN
# needs: curl
ip link set lo up 2>/dev/null; ip address add 169.254.169.254/32 dev lo 2>/dev/null
curl -s -m 1 http://169.254.169.254/latest/meta-data/ || true
