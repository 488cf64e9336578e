# title: usual names are asked for
# needs: python3, getent
set -e
getent hosts localhost >/dev/null
python3 - <<'P'
import socket
for name in (b"db", b"cache", b"shop"):
    labels = b"".join(bytes([len(one)]) + one for one in (name, b"prod", b"svc", b"cluster", b"local")) + b"\0"
    query = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + labels + b"\x00\x01\x00\x01"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one: one.sendto(query, ("127.0.0.1", 53))
P
