# title: a link named sshd reads the password hashes
# technique: T1036.003
# expects: shadow-file-read
mkdir /tmp/a; ln -s /bin/cat /tmp/a/sshd; /tmp/a/sshd /etc/shadow >/dev/null
