# title: how passwords are checked is changed
# technique: T1556.003
# expects: pam-changed
mkdir -p /etc/pam.d; echo '# nothing' >>/etc/pam.d/su
