# title: a program of the system is replaced
# technique: T1554
# expects: system-program-changed
cp /bin/true /tmp/t; mv /tmp/t /usr/bin/zdiff
