# title: a program runs from memory through /proc
# technique: T1620
# expects: fileless-execution
# needs: perl
perl -MIO::Handle -e '
  my $name = "cron"; my $fd = syscall(319, $name, 0); open(my $out, ">&=", $fd); binmode $out;
  open(my $in, "<:raw", "/bin/true"); local $/; my $body = <$in>; print $out $body; $out->flush;
  if (!fork) { exec {"/proc/self/fd/$fd"} "cron" } wait;'
