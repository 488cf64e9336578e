# title: posix_spawn starts a program from memory
# technique: T1620
# expects: fileless-execution
# needs: python3
python3 - <<'P'
import os
fd = os.memfd_create("x"); os.write(fd, open("/bin/true","rb").read()); os.set_inheritable(fd, True)
os.waitpid(os.posix_spawn(f"/proc/self/fd/{fd}", ["app"], {}), 0)
P
