# title: perl empties the log of logins by truncate(2)
# technique: T1070.002
# expects: logs-cleared
# needs: perl
touch /var/log/wtmp; perl -e 'truncate("/var/log/wtmp", 0)'
