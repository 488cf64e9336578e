# rule: Clear Log Activities
# title: a log is emptied
: >/var/log/syslog
