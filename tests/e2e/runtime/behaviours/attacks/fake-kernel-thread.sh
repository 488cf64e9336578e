# title: a program calls itself a kernel thread
# technique: T1036.004
# expects: kernel-thread-name-faked
bash -c 'exec -a "[kthreadd]" sleep 0'
