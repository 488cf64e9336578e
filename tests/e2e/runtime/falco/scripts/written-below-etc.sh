# rule: Write below etc
# title: a setting is written
: >/etc/new.conf
