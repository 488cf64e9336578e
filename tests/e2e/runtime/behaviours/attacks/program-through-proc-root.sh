# title: a dropped program runs through /proc/self/root
# technique: T1036
# expects: drifted-executable
cp /bin/true /opt/three; /proc/self/root/opt/three
