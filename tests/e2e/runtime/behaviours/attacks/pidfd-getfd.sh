# title: a descriptor of another process is taken
# technique: T1055
# expects: process-injected
# run: --cap-add SYS_PTRACE
# needs: python3
python3 - <<'P'
import ctypes, os, time
c = os.fork()
if c == 0:
    os.open("/etc/hostname", os.O_RDONLY); time.sleep(3); os._exit(0)
time.sleep(.2)
p = os.pidfd_open(c)
print(ctypes.CDLL(None).syscall(438, p, 3, 0))
P
