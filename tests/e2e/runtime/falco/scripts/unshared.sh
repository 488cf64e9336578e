# rule: Change namespace privileges via unshare
# title: a process without the right asks for a namespace of its own
perl -e 'syscall(272, 0x10000000)'
