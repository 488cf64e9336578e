# rule: Adding ssh keys to authorized_keys
# title: a key is added for root
mkdir -p /root/.ssh; echo '# nobody' >>/root/.ssh/authorized_keys
