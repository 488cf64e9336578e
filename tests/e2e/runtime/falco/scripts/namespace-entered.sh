# rule: Change thread namespace
# title: a process enters a namespace: its own
# run: --cap-add SYS_ADMIN
perl -e 'open(my $own, "<", "/proc/self/ns/uts") or die $!; syscall(308, fileno($own), 0)'
