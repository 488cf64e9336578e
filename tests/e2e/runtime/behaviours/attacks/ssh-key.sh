# title: a private key of SSH is read
# technique: T1552.004
# expects: ssh-key-read
mkdir -p /root/.ssh; : >/root/.ssh/id_rsa; cat /root/.ssh/id_rsa
