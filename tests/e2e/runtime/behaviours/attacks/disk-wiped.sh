# title: a disk is to be overwritten; it is not there
# technique: T1485
# expects: disk-wiped
# needs: dd
dd if=/dev/zero of=/dev/sdzz9/none bs=1 count=0 2>/dev/null || true
