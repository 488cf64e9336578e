# title: keys of a cloud are read
# technique: T1552.001
# expects: cloud-credentials-read
mkdir -p /root/.aws; : >/root/.aws/credentials; cat /root/.aws/credentials
