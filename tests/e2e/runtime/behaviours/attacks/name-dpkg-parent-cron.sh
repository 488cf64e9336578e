# title: a link named dpkg is the parent of who adds a job
# technique: T1036.003
# expects: cron-changed
mkdir /tmp/a; ln -s /bin/bash /tmp/a/dpkg
/tmp/a/dpkg -c 'cp /etc/hostname /etc/cron.d/x; true'
