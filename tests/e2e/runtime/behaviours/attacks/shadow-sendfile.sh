# title: password hashes are sent off by sendfile
# technique: T1003.008
# expects: shadow-file-read
# needs: python3
python3 - <<'P'
import os, socket
a, b = socket.socketpair(); f = os.open("/etc/shadow", os.O_RDONLY); os.sendfile(a.fileno(), f, 0, 100)
P
