# rule: Packet socket created in container
# title: a socket for every packet is opened
# run: --cap-add NET_RAW
perl -MSocket -e 'socket(my $one, 17, SOCK_RAW, 0x0300) or die $!'
