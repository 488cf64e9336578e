# rule: Network Tool Executed During NPM Package Install
# title: a package that is being installed runs a scanner of networks
cp "$(readlink -f /bin/sh)" /usr/local/bin/npm; cp /bin/true /usr/local/bin/nmap
npm -c 'nmap; :' install
