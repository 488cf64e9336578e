# title: a library from /tmp is pushed into a program
# technique: T1574.006
# expects: preloaded-library-from-writable-place
cp "$(ls /lib/x86_64-linux-gnu/libm.so.6 /lib/*/libm.so.6 2>/dev/null | head -1)" /tmp/l.so
LD_PRELOAD=/tmp/l.so /bin/true
