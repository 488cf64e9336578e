# Reach an address of this container's own: `perl net.pl udp|tcp|listen ADDRESS PORT [NAME]`.
#
# The address is given to the loopback first, so that nothing leaves. With NAME a resolver of our own
# on 127.0.0.1:53 answers that the name has the address, before it is reached.
use strict;
use Socket;

my ($how, $address, $port, $name) = @ARGV;
my $where = pack_sockaddr_in($port, inet_aton($address));

sub interface {    # SIOCSIFADDR on an alias of the loopback, then SIOCSIFFLAGS: up.
    socket(my $control, PF_INET, SOCK_DGRAM, 0) or die "socket: $!";
    my $own = pack("a16 a16", "lo:1", pack_sockaddr_in(0, inet_aton($address)));
    ioctl($control, 0x8916, $own) or die "address: $!";
    for my $one ("lo", "lo:1") {
        my $flags = pack("a16 s x22", $one, 0x1 | 0x40);
        ioctl($control, 0x8914, $flags) or die "up: $!";
    }
}

sub resolved {
    my $labels = join("", map { chr(length) . $_ } split /\./, $name) . "\0";
    my $body = $labels . pack("nn", 1, 1);
    socket(my $server, PF_INET, SOCK_DGRAM, 0) or die "socket: $!";
    bind($server, pack_sockaddr_in(53, inet_aton("127.0.0.1"))) or die "bind: $!";
    socket(my $client, PF_INET, SOCK_DGRAM, 0) or die "socket: $!";
    my $to = pack_sockaddr_in(53, inet_aton("127.0.0.1"));
    send($client, pack("n6", 7, 0x0100, 1, 0, 0, 0) . $body, 0, $to) or die "ask: $!";
    my $asked = "";
    my $peer = recv($server, $asked, 512, 0) or die "be asked: $!";
    my $answer = pack("n6", 7, 0x8180, 1, 1, 0, 0) . $body;
    $answer .= pack("n n n N n", 0xc00c, 1, 1, 300, 4) . inet_aton($address);
    send($server, $answer, 0, $peer) or die "answer: $!";
    recv($client, $asked, 512, 0) or die "hear: $!";
}

interface();
resolved() if $name;
if ($how eq "udp") {
    socket(my $one, PF_INET, SOCK_DGRAM, 0) or die "socket: $!";
    connect($one, $where) or die "connect: $!";
} else {
    socket(my $server, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
    bind($server, $where) or die "bind: $!";
    listen($server, 1) or die "listen: $!";
    if ($how eq "tcp") {
        socket(my $one, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
        connect($one, $where) or die "connect: $!";
        accept(my $peer, $server) or die "accept: $!";
    }
}
