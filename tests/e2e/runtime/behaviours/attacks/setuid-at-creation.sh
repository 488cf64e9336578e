# title: a file is made with the setuid bit at once
# technique: T1548.001
# expects: setuid-bit-set
# needs: python3
python3 - <<'P'
import os
os.umask(0); os.close(os.open("/var/lib/s2", os.O_CREAT | os.O_WRONLY, 0o4755)); os.mkdir("/tmp/z")
P
