# title: an applet of busybox reads the password hashes
# technique: T1003.008
# expects: shadow-file-read
# needs: busybox
busybox cat /etc/shadow >/dev/null
