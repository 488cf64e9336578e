# title: a link named npm is the parent of who replaces a program
# technique: T1554
# expects: system-program-changed
mkdir /tmp/a; ln -s /bin/bash /tmp/a/npm
/tmp/a/npm -c 'cp /usr/bin/cat /usr/bin/zcat; true'
