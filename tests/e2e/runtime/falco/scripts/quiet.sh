# title: nothing that a rule is about
ls / >/dev/null; cat /etc/hostname; cp /etc/hostname /tmp/copy; /bin/true
