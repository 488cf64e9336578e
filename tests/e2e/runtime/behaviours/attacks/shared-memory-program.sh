# title: a program runs from /dev/shm
# technique: T1059
# expects: execution-from-shared-memory
# run: --tmpfs /dev/shm:rw,exec
cp /bin/true /dev/shm/a; /dev/shm/a
