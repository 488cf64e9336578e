# title: private keys are searched for
# technique: T1552.001
# expects: credentials-searched
grep -rl 'BEGIN RSA PRIVATE KEY' /opt >/dev/null 2>&1 || true
