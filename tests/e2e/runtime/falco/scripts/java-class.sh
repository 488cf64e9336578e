# rule: Java Process Class File Download
# title: a Java process receives a class
cp "$(readlink -f "$(command -v perl)")" /usr/local/bin/java
java -MSocket -e '
  socketpair(my $unused, my $none, AF_UNIX, SOCK_STREAM, 0);
  socket(my $server, PF_INET, SOCK_STREAM, 0); bind($server, pack_sockaddr_in(8000, INADDR_LOOPBACK)) or die $!;
  listen($server, 1); socket(my $client, PF_INET, SOCK_STREAM, 0);
  connect($client, pack_sockaddr_in(8000, INADDR_LOOPBACK)) or die $!; accept(my $peer, $server);
  send($peer, "HTTP/1.0 200 OK\r\n\r\n\xca\xfe\xba\xbe\0\0\0\x34", 0); recv($client, my $class, 512, 0);'
