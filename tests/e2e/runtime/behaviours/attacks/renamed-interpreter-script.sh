# title: a copied interpreter runs a dropped script
# technique: T1036.003
# expects: drifted-executable
cp /bin/dash /usr/local/bin/systemd-helper; echo true >/tmp/s
/usr/local/bin/systemd-helper /tmp/s
