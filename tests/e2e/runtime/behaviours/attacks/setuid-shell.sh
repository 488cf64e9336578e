# title: a copy of a shell runs as root for everybody
# technique: T1548.001
# expects: setuid-bit-set
cp /bin/true /opt/s; chmod u+s /opt/s
