# title: the core pattern is opened for writing; nothing is written
# technique: T1611
# expects: core-pattern-written
# run: --privileged
# needs: python3
python3 -c '
import os
try: os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))
except OSError: pass'
