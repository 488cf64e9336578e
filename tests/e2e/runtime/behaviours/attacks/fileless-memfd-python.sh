# title: a program runs from memory
# technique: T1620
# expects: fileless-execution
# needs: python3
python3 - <<'P'
import os
place = os.memfd_create("x", os.MFD_CLOEXEC)
os.write(place, open("/bin/true", "rb").read())
if os.fork() == 0:
    os.execve(place, ["true"], {})
os.wait()
P
