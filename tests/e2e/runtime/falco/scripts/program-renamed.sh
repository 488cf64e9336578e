# rule: Modify binary dirs
# title: a program of the system is renamed
mv /usr/bin/yes /usr/bin/no
