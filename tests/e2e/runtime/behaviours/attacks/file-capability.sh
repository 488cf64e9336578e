# title: a program gets capabilities of its own
# technique: T1548
# expects: file-capability-set
# needs: setcap
cp /bin/true /opt/c; setcap cap_net_raw+ep /opt/c || true
