# rule: Read environment variable from /proc files
# title: the environment of the first process is read
cat /proc/1/environ >/dev/null
