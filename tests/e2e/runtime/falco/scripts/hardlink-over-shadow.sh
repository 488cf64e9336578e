# rule: Create Hardlink Over Sensitive Files
# title: the password hashes get a second name
ln /etc/shadow /etc/hashes
