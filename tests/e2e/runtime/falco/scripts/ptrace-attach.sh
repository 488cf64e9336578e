# rule: PTRACE attached to process
# title: a process attaches to another one
# run: --cap-add SYS_PTRACE
sleep 30 & target=$!
perl -e '
  my $pid = shift; syscall(101, 16, $pid, 0, 0) == 0 or die $!;
  waitpid($pid, 0); syscall(101, 17, $pid, 0, 0);' "$target"
kill "$target"
