# title: a cache listens on a unix socket and writes its state by rename
# needs: python3
set -e
python3 - <<'P'
import os, socket, threading
os.makedirs("/run/cache", exist_ok=True); os.makedirs("/var/lib/cache", exist_ok=True)
server = socket.socket(socket.AF_UNIX); server.bind("/run/cache/cache.sock"); server.listen()
threading.Thread(target=lambda: server.accept()[0].sendall(b"+PONG"), daemon=True).start()
client = socket.socket(socket.AF_UNIX); client.connect("/run/cache/cache.sock"); assert client.recv(5) == b"+PONG"
for _ in range(20):
    with open("/var/lib/cache/temp.rdb", "wb") as file: file.write(b"x" * 4096); os.fsync(file.fileno())
    os.rename("/var/lib/cache/temp.rdb", "/var/lib/cache/dump.rdb")
P
