# rule: Interpreted procs inbound network activity
# title: a script listens
# run: --cap-add NET_ADMIN
perl /scripts/net.pl listen 198.51.100.7 8000
