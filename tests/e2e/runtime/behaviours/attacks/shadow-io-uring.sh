# title: the password hashes are opened through io_uring
# technique: T1562.001
# expects: io-uring-in-container, shadow-file-read
# run: --security-opt seccomp=unconfined
# needs: python3
python3 /behaviour/uring.py /etc/shadow
