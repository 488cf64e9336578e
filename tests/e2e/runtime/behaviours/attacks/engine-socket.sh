# title: the socket of the engine, mounted where nobody looks, is asked
# technique: T1610
# expects: engine-socket-used
# needs: python3
python3 - <<'P'
import os, socket
os.makedirs("/srv/hidden"); place = "/srv/hidden/docker.sock"
server = socket.socket(socket.AF_UNIX); server.bind(place); server.listen(1)
client = socket.socket(socket.AF_UNIX); client.connect(place)
P
