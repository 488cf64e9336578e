# rule: Unexpected inbound connection source
# title: somebody connects to a service
# run: --cap-add NET_ADMIN
perl /scripts/net.pl tcp 198.51.100.7 8443
