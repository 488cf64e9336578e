# rule: Read Shell Configuration File
# title: a program that is no shell reads what shells run first
cat /root/.bashrc /etc/profile >/dev/null
