# rule: System procs network activity
# title: a program that has nothing to do with networks connects
# run: --cap-add NET_ADMIN
cp "$(readlink -f "$(command -v perl)")" /usr/local/bin/sort
/usr/local/bin/sort /scripts/net.pl tcp 198.51.100.7 443
