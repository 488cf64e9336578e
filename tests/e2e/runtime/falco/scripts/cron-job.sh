# rule: Schedule Cron Jobs
# title: a job is put under /etc/cron.d
mkdir -p /etc/cron.d; echo '# nothing' >/etc/cron.d/x
