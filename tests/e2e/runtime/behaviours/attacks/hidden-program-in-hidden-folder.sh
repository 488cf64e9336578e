# title: a program runs from a folder that looks like one of X11
# technique: T1564.001
# expects: hidden-program
mkdir -p /var/tmp/.ICE-unix; cp /bin/true /var/tmp/.ICE-unix/run; /var/tmp/.ICE-unix/run
