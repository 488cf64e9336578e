# title: password hashes are read through a link
# technique: T1003.008
# expects: shadow-file-read, sensitive-file-linked
ln -s /etc/shadow /tmp/notes; cat /tmp/notes >/dev/null
