# title: setuid programs are searched for
# technique: T1083
# expects: credentials-searched
find /opt -perm -4000 -type f >/dev/null
