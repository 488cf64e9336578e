# title: a program of the system is removed
# technique: T1489
# expects: system-program-changed
rm -f /usr/bin/zgrep
