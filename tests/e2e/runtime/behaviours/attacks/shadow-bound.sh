# title: the hashes are bound to another name
# technique: T1003.008
# expects: mount-in-container
# run: --cap-add SYS_ADMIN
touch /tmp/x; mount --bind /etc/shadow /tmp/x && cat /tmp/x >/dev/null
