# title: a tool for tunnels runs
# technique: T1572
# expects: tunnel-tool
cp /bin/true /usr/local/bin/chisel; chisel client 127.0.0.1:1 R:socks
