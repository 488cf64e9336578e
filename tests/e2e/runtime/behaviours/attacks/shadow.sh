# title: password hashes are read
# technique: T1003.008
# expects: shadow-file-read
cat /etc/shadow >/dev/null
