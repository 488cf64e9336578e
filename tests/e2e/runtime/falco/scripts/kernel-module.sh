# rule: Linux Kernel Module Injection Detected
# title: a module is to be loaded; there is none
# run: --cap-add SYS_MODULE
perl -e 'my $none = ""; syscall(313, -1, $none, 0)'
