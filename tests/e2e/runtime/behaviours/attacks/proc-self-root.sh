# title: the password file is read through /proc/self/root
# technique: T1003.008
# expects: shadow-file-read, host-root-through-proc
cat /proc/self/root/etc/shadow >/dev/null
