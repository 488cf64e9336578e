# title: an account is added past the tools
# technique: T1136.001
# expects: account-changed
echo '# nothing' >>/etc/passwd
