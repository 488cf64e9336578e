# title: a program in perl forks, opens pipes and sends over a socket
# needs: perl
set -e
perl -MSocket -e '
  socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(2525, INADDR_LOOPBACK)); listen(S, 5);
  if (!fork) { socket(C, PF_INET, SOCK_STREAM, 0); connect(C, sockaddr_in(2525, INADDR_LOOPBACK)); print C "HELO\n"; exit 0 }
  accept(P, S); <P>; close(P); wait; open(D, "-|", "date"); <D>; close(D);'
