# title: a link named ssh-add reads a private key
# technique: T1552.004
# expects: ssh-key-read
mkdir -p /root/.ssh; echo k >/root/.ssh/id_rsa
mkdir /tmp/a; ln -s /bin/cat /tmp/a/ssh-add; /tmp/a/ssh-add /root/.ssh/id_rsa >/dev/null
