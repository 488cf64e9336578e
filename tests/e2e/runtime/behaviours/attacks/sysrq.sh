# title: sysrq is opened for writing; nothing is written
# technique: T1499
# expects: sysrq-triggered
# needs: python3
python3 -c '
import os
try: os.close(os.open("/proc/sysrq-trigger", os.O_WRONLY))
except OSError: pass'
