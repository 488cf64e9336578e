# title: a job is added for cron
# technique: T1053.003
# expects: cron-changed
mkdir -p /etc/cron.d; echo '# nothing' >/etc/cron.d/update
