# title: a service is added
# technique: T1543.002
# expects: unit-file-written
mkdir -p /etc/systemd/system; : >/etc/systemd/system/net-helper.service
