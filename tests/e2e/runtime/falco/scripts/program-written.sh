# rule: Write below binary dir
# title: a program is put between those of the system
cp /bin/true /usr/bin/new
