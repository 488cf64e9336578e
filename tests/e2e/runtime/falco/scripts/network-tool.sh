# rule: Launch Suspicious Network Tool in Container
# title: a scanner of networks runs
cp /bin/true /usr/local/bin/nmap; nmap
