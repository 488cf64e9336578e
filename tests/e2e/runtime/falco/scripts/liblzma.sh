# rule: Backdoored library loaded into SSHD (CVE-2024-3094)
# title: the SSH server opens a library by the name of the one with the back door
cp /bin/cat /usr/local/sbin/sshd; : >/srv/liblzma.so.5.6.1; sshd /srv/liblzma.so.5.6.1
