# title: the memory of the kernel is opened
# technique: T1611
# expects: host-device-opened
# needs: python3
python3 -c '
import os
for place in ("/dev/mem", "/proc/kcore"):
    try: os.close(os.open(place, os.O_RDONLY))
    except OSError: pass'
