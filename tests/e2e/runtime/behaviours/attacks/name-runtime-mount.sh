# title: a link named as runc's first step mounts
# technique: T1036.003
# expects: mount-in-container
# run: --cap-add SYS_ADMIN
# needs: python3
mkdir /tmp/a; ln -s "$(readlink -f /usr/bin/python3)" '/tmp/a/runc:[2:INIT]'
'/tmp/a/runc:[2:INIT]' - <<'P'
import ctypes
ctypes.CDLL(None).mount(b"none", b"/mnt", b"tmpfs", 0, 0)
P
