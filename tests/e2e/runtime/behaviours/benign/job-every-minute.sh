# title: cron runs a job
# needs: busybox
set -e
mkdir -p /tmp/jobs; echo '* * * * * date >>/tmp/jobs.log' >/tmp/jobs/root
timeout 3 busybox crond -f -c /tmp/jobs -L /dev/null || true
sh -c 'date >>/tmp/jobs.log'
