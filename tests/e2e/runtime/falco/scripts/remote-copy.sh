# rule: Launch Remote File Copy Tools in Container
# title: a tool that copies files to other machines runs
cp /bin/true /usr/local/bin/rsync; rsync
