# rule: Unexpected UDP Traffic
# title: datagrams are sent to a port of no known use
# run: --cap-add NET_ADMIN
perl /scripts/net.pl udp 198.51.100.7 9999
