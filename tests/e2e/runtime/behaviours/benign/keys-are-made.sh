# title: host keys of SSH are made
# needs: ssh-keygen
set -e
mkdir -p /etc/ssh; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/key_of_this_host
