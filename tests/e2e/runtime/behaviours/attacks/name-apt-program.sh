# title: a link named apt replaces a program
# technique: T1036.003
# expects: system-program-changed
mkdir /tmp/a; ln -s /bin/cp /tmp/a/apt-get
/tmp/a/apt-get /usr/bin/cat /usr/bin/zcat
