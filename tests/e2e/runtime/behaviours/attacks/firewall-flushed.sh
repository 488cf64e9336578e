# title: the firewall of the container is emptied
# technique: T1562.004
# expects: firewall-flushed
iptables -F >/dev/null 2>&1 || cp /bin/true /usr/local/bin/iptables; /usr/local/bin/iptables -F 2>/dev/null || true
