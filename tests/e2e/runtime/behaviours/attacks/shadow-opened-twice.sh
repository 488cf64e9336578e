# title: the hashes are opened by O_PATH and again through /proc
# technique: T1003.008
# expects: shadow-file-read
# needs: python3
python3 - <<'P'
import os
f = os.open("/etc/shadow", os.O_PATH); g = os.open(f"/proc/self/fd/{f}", os.O_RDONLY); os.read(g, 10)
P
