# title: a program in the memory of another process runs through its descriptor
# technique: T1620
# expects: fileless-execution
# needs: python3
python3 - <<'P'
import os, subprocess
fd = os.memfd_create("x", 0); os.write(fd, open("/bin/true","rb").read())
subprocess.run(["/bin/sh", "-c", f"/proc/{os.getpid()}/fd/{fd}"], check=False)
P
