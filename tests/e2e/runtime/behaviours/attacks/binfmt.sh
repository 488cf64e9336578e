# title: a binary format is to be registered; nothing is written
# technique: T1611
# expects: binfmt-registered
# needs: python3
python3 -c '
import os
try: os.close(os.open("/proc/sys/fs/binfmt_misc/register", os.O_WRONLY))
except OSError: pass'
