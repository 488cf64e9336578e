# title: python joins a shell to a socket by pipes
# technique: T1059.006
# expects: shell-without-terminal
# needs: python3
python3 - <<'P'
import socket, subprocess, threading
l = socket.socket(); l.bind(("127.0.0.1", 4604)); l.listen()
c = socket.create_connection(("127.0.0.1", 4604)); d, _ = l.accept(); d.sendall(b"id\n"); d.shutdown(1)
p = subprocess.Popen(["/bin/sh", "-i"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
p.stdin.write(c.recv(100)); p.stdin.close(); c.sendall(p.stdout.read()); p.wait()
P
