# title: the engine's socket is asked under another name
# technique: T1610
# expects: engine-socket-used
# needs: python3
python3 - <<'P'
import os, socket
os.makedirs("/srv/h"); s = socket.socket(socket.AF_UNIX); s.bind("/srv/h/docker.sock"); s.listen(1)
os.symlink("/srv/h/docker.sock", "/tmp/app.sock")
c = socket.socket(socket.AF_UNIX); c.connect("/tmp/app.sock")
P
