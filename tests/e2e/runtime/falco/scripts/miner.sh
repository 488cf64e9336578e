# rule: Known Cryptominer Process Executed
# title: a program with the name of a miner runs
cp /bin/true /usr/local/bin/xmrig; xmrig
