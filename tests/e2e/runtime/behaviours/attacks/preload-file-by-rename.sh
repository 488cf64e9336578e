# title: the list of preloaded libraries is moved into place
# technique: T1574.006
# expects: preload-file-written
: >/tmp/p; mv /tmp/p /etc/ld.so.preload
