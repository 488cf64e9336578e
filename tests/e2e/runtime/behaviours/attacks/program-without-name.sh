# title: a file without a name (O_TMPFILE) runs through /proc
# technique: T1620
# expects: drifted-executable
# needs: python3
python3 - <<'P'
import os
fd = os.open("/tmp", os.O_TMPFILE | os.O_RDWR, 0o755); os.write(fd, open("/bin/true","rb").read())
path = f"/proc/self/fd/{fd}"
ro = os.open(path, os.O_RDONLY); os.set_inheritable(ro, True); os.close(fd)
if os.fork() == 0: os.execv(f"/proc/self/fd/{ro}", ["app"])
os.wait()
P
