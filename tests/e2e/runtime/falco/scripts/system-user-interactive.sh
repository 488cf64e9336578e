# rule: System user interactive
# title: the user daemon runs a program over SSH
cp "$(readlink -f /bin/sh)" /usr/local/sbin/sshd
sshd -c 'setpriv --reuid 1 sleep 4; :'
