# title: a key is added for root
# technique: T1098.004
# expects: authorized-keys-written
mkdir -p /root/.ssh; echo '# nothing' >>/root/.ssh/authorized_keys
