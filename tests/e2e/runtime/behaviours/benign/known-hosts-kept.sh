# title: a host is forgotten by the client of SSH, which keeps the list it had
# needs: ssh-keygen
set -e
mkdir -p /root/.ssh; ssh-keygen -q -t ed25519 -N '' -f /tmp/host
echo "example.org $(cut -d' ' -f1,2 /tmp/host.pub)" >/root/.ssh/known_hosts
ssh-keygen -q -R example.org 2>/dev/null
