# title: the abstract socket of a containerd-shim is asked (CVE-2020-15257)
# technique: T1611
# expects: engine-socket-used
# needs: python3
python3 - <<'P'
import socket
n = b"\0/containerd-shim/moby/abc/shim.sock@"
s = socket.socket(socket.AF_UNIX); s.bind(n); s.listen(1)
c = socket.socket(socket.AF_UNIX); c.connect(n)
P
