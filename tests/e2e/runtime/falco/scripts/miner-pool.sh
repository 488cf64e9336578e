# rule: Detect outbound connections to common miner pool ports
# title: a mining pool is called by its name
# run: --cap-add NET_ADMIN
perl /scripts/net.pl tcp 198.51.100.7 3333 pool.supportxmr.com
