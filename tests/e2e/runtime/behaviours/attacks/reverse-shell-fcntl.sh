# title: the copy is made with fcntl(F_DUPFD)
# technique: T1059.006
# expects: reverse-shell
# needs: python3
python3 - <<'P'
import fcntl, os, socket, threading
server = socket.socket(); server.bind(("127.0.0.1", 4447)); server.listen(1)
threading.Thread(target=lambda: server.accept()[0].close()).start()
client = socket.create_connection(("127.0.0.1", 4447))
if os.fork() == 0:
    os.close(0)
    fcntl.fcntl(client.fileno(), fcntl.F_DUPFD, 0)
    os._exit(0)
os.wait()
P
