# title: a script for the start is added
# technique: T1037.004
# expects: init-script-written
mkdir -p /etc/init.d; : >/etc/init.d/net
