# rule: Mkdir binary dirs
# title: a folder is made between the programs of the system
mkdir /usr/bin/new
