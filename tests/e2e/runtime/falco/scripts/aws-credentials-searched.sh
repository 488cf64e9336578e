# rule: Find AWS Credentials
# title: credentials of a cloud are looked for
grep -s aws_secret_access_key /etc/hostname || true
