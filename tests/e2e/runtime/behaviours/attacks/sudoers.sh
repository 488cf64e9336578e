# title: everybody may become root
# technique: T1548.003
# expects: sudoers-changed
mkdir -p /etc/sudoers.d; : >/etc/sudoers.d/x
