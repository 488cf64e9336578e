# rule: Directory traversal monitored file read
# title: a program reads a file of /etc by a path that climbs
mkdir -p /srv/www/pages; cd /srv/www/pages || exit
exec cat ../../../etc/hostname
