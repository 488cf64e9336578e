# title: a one-line of python reads a cloud's keys
# technique: T1552.001
# expects: cloud-credentials-read
# needs: python3
mkdir -p /root/.aws; echo k >/root/.aws/credentials; python3 -c 'print(open("/root/.aws/credentials").read())' >/dev/null
