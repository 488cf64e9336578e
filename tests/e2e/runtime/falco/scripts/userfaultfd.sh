# rule: Unprivileged Delegation of Page Faults Handling to a Userspace Process
# title: a user without rights asks to handle page faults
setpriv --reuid 1 perl -e 'syscall(323, 1)'
