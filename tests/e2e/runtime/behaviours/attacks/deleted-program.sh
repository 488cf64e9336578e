# title: a program that is deleted before it starts
# technique: T1070.004
# expects: fileless-execution, drifted-executable
# needs: python3
python3 - <<'P'
import os, shutil
shutil.copy("/bin/true", "/tmp/gone")
place = os.open("/tmp/gone", os.O_RDONLY)
os.unlink("/tmp/gone")
if os.fork() == 0:
    os.execve(place, ["gone"], {})
os.wait()
P
