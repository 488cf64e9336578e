# title: a hundred ports are tried by a script
# technique: T1046
# expects: port-scan
# needs: python3
python3 - <<'P'
import socket
for port in range(1, 120):
    with socket.socket() as one:
        one.settimeout(0.05)
        one.connect_ex(("127.0.0.1", port))
P
