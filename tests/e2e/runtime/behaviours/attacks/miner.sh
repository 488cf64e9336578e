# title: a miner starts
# technique: T1496
# expects: miner-started
cp /bin/true /usr/local/bin/xmrig; xmrig -o pool.invalid:3333
