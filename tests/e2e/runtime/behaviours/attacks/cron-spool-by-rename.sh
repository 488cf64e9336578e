# title: a crontab is moved into place
# technique: T1053.003
# expects: cron-changed
mkdir -p /var/spool/cron/crontabs; : >/tmp/c; mv /tmp/c /var/spool/cron/crontabs/root
