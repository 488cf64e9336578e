# title: the metadata are asked by an IPv6-mapped address
# technique: T1552.005
# expects: cloud-metadata-asked-by-tool
# needs: python3
python3 -c '
import socket
s = socket.socket(socket.AF_INET6); s.settimeout(1); s.connect(("::ffff:169.254.169.254", 80))' 2>/dev/null || true
