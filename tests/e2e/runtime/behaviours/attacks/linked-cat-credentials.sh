# title: cat by another name reads a cloud's keys
# technique: T1552.001
# expects: cloud-credentials-read
mkdir -p /tmp/a /root/.aws; echo k >/root/.aws/credentials; ln -s /bin/cat /tmp/a/app; /tmp/a/app /root/.aws/credentials >/dev/null
