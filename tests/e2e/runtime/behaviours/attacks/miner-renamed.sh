# title: a miner under another name
# technique: T1496
# expects: miner-started
cp /bin/true /opt/php; /opt/php -o stratum+tcp://pool.invalid:3333
