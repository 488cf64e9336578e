# rule: Sudo Potential Privilege Escalation
# title: sudoedit is called as CVE-2021-3156 has it
cp /bin/true /usr/local/bin/sudoedit; sudoedit -s 'x\'
