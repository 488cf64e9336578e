# rule: Write below monitored dir
# title: a file is put between the libraries of the system
: >/usr/lib/new.so
