# rule: Redirect STDOUT/STDIN to Network Connection in Container
# title: a connection becomes standard input
perl -MSocket -MPOSIX=dup2 -e '
  socket(my $one, PF_INET, SOCK_DGRAM, 0) or die $!;
  connect($one, pack_sockaddr_in(9, inet_aton("127.0.0.1"))) or die $!;
  dup2(fileno($one), 0) or die $!;'
