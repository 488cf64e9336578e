# rule: Disallowed SSH Connection Non Standard Port
# title: SSH connects to port 443
# run: --cap-add NET_ADMIN
cp "$(readlink -f "$(command -v perl)")" /usr/local/bin/ssh
ssh /scripts/net.pl tcp 198.51.100.7 443
