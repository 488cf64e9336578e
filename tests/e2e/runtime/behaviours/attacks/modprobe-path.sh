# title: the path of modprobe is opened for writing; nothing is written
# technique: T1611
# expects: kernel-helper-path-written
# needs: python3
python3 -c '
import os
try: os.close(os.open("/proc/sys/kernel/modprobe", os.O_WRONLY))
except OSError: pass'
