# title: password hashes are read by a relative name
# technique: T1003.008
# expects: shadow-file-read
cd /usr/lib && cat ../../etc/./shadow >/dev/null
