# rule: Interpreted procs outbound network activity
# title: a script connects
# run: --cap-add NET_ADMIN
perl /scripts/net.pl tcp 198.51.100.7 8000
