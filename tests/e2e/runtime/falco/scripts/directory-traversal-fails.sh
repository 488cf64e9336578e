# rule: Directory traversal monitored file read
# title: a program tries to read a file of /etc that is not there, by a path that climbs
mkdir -p /srv/www/pages; cd /srv/www/pages || exit
exec cat ../../../etc/no-such-file
