# title: a file is read through the root folder of another process
# technique: T1611
# expects: host-root-through-proc
cat /proc/1/root/etc/hostname >/dev/null 2>&1 || true
