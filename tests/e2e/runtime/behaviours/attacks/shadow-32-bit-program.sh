# title: a program made for 32-bit processors reads the password hashes
# technique: T1003.008
# expects: shadow-file-read
# needs: python3
python3 /behaviour/elf32.py /etc/shadow /tmp/small
