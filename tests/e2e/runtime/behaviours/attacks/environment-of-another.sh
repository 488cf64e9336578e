# title: the environment of the first process is read
# technique: T1552.007
# expects: environment-of-another-read
cat /proc/1/environ >/dev/null
