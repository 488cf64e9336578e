# rule: Read sensitive file untrusted
# title: the password hashes are read
cat /etc/shadow >/dev/null
