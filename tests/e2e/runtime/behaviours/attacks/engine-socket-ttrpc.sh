# title: the socket of containerd's second interface is asked
# technique: T1610
# expects: engine-socket-used
# needs: python3
python3 - <<'P'
import os, socket
os.makedirs("/srv/h"); s = socket.socket(socket.AF_UNIX); s.bind("/srv/h/containerd.sock.ttrpc"); s.listen(1)
c = socket.socket(socket.AF_UNIX); c.connect("/srv/h/containerd.sock.ttrpc")
P
