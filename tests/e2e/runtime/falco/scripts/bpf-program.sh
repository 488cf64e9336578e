# rule: BPF Program Not Profiled
# title: a program is to be loaded into the kernel; there is none
perl -e 'my $none = "\0" x 64; syscall(321, 5, $none, 64)'
