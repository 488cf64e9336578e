# title: the list of preloaded libraries is written
# technique: T1574.006
# expects: preload-file-written
: >/etc/ld.so.preload
