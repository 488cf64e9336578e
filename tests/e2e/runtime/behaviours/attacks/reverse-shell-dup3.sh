# title: the copy is made with dup3 on a renamed interpreter
# technique: T1059.006
# expects: reverse-shell
# needs: python3
cp "$(readlink -f "$(command -v python3)")" /tmp/worker
/tmp/worker - <<'P'
import ctypes, os, socket, threading
libc = ctypes.CDLL(None)
server = socket.socket(); server.bind(("127.0.0.1", 4446)); server.listen(1)
threading.Thread(target=lambda: server.accept()[0].close()).start()
client = socket.create_connection(("127.0.0.1", 4446))
if os.fork() == 0:
    libc.dup3(client.fileno(), 0, 0)
    os._exit(0)
os.wait()
P
