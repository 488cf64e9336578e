# rule: Non sudo setuid
# title: a process without rights asks to be another user
setpriv --reuid 1 perl -e 'syscall(105, 2); sleep 4'
