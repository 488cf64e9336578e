# title: a scanner runs
# technique: T1046
# expects: network-scanner
cp /bin/true /usr/local/bin/nmap; nmap -sT 127.0.0.1
