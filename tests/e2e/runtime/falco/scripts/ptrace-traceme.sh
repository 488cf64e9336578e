# rule: PTRACE anti-debug attempt
# title: a process asks to be traced, so that nobody else can
# run: --cap-add SYS_PTRACE
perl -e 'syscall(101, 0, 0, 0, 0)'
