# title: perl opens its input onto a socket
# technique: T1059
# expects: reverse-shell
# needs: perl
perl -MSocket -e '
  socket(S, PF_INET, SOCK_STREAM, 0); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);
  bind(S, sockaddr_in(4448, INADDR_LOOPBACK)); listen(S, 1);
  if (!fork) { socket(C, PF_INET, SOCK_STREAM, 0); connect(C, sockaddr_in(4448, INADDR_LOOPBACK));
    open(STDIN, "<&C"); open(STDOUT, ">&C"); exit 0 }
  accept(P, S); close(P); wait;'
