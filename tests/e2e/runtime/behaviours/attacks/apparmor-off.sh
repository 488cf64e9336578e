# title: a security module is to be switched off
# technique: T1562.001
# expects: security-module-switched-off
cp /bin/true /usr/local/bin/setenforce; setenforce 0
