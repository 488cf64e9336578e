# title: the log of logins is emptied
# technique: T1070.002
# expects: logs-cleared
mkdir -p /var/log; echo x >>/var/log/auth.log; : >/var/log/auth.log
