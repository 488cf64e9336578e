# title: a library from memory is loaded by an interpreter
# technique: T1620
# expects: fileless-execution
# needs: python3
python3 - <<'P'
import ctypes, os, glob
fd = os.memfd_create("x"); os.write(fd, open(glob.glob("/lib/x86_64-linux-gnu/libz.so.1*")[0],"rb").read())
ctypes.CDLL(f"/proc/self/fd/{fd}")
P
