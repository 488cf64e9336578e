# rule: Launch Suspicious Network Tool on Host
# title: a scanner of networks runs on the node
# where: node
cp /bin/true "$PLACE/nmap"; "$PLACE/nmap"
