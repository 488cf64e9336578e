# title: a shell under another name listens through its descriptor
# technique: T1059.004
# expects: bind-shell, drifted-executable, program-masquerades, kernel-thread-name-faked
cp /bin/bash /tmp/kworker
/tmp/kworker -c 'exec -a "[kworker/0:1]" /tmp/kworker -c "sleep 0.2"'
