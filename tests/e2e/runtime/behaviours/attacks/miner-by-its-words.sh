# title: a miner starts with a settings file alone, under another name
# technique: T1496
# expects: miner-started, miner-pool-asked
mkdir -p /opt/a; ln -s /bin/true /opt/a/app; /opt/a/app -o pool.hashvault.pro:443 -u 4AAA -p x --tls --algo rx/0
