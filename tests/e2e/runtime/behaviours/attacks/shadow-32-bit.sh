# title: a 32-bit program reads the password hashes
# technique: T1003.008
# expects: shadow-file-read
# needs: python3
python3 /behaviour/compat.py /etc/shadow
