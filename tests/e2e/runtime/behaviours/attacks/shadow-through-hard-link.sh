# title: password hashes get a second name
# technique: T1003.008
# expects: sensitive-file-linked
ln /etc/shadow /etc/notes
