# title: logs are rotated, packed and truncated
# needs: logrotate, gzip
set -e
mkdir -p /var/log/app; for _ in 1 2 3 4 5 6; do echo line >>/var/log/app/app.log; done
printf '/var/log/app/*.log { rotate 2\n size 1\n compress\n copytruncate\n missingok }\n' >/tmp/rotate.conf
logrotate -s /tmp/state -f /tmp/rotate.conf; echo more >>/var/log/app/app.log; logrotate -s /tmp/state -f /tmp/rotate.conf
