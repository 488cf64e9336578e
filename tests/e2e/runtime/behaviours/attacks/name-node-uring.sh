# title: a link named node opens password hashes through io_uring
# technique: T1562.001
# expects: io-uring-in-container
# run: --security-opt seccomp=unconfined
# needs: python3
mkdir /tmp/a; ln -s "$(readlink -f /usr/bin/python3)" /tmp/a/node
/tmp/a/node /behaviour/uring.py /etc/shadow
