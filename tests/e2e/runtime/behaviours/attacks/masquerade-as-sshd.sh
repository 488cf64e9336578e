# title: a dropped program bears the name of sshd
# technique: T1036.005
# expects: program-masquerades
cp /bin/sleep /tmp/sshd; /tmp/sshd 0
