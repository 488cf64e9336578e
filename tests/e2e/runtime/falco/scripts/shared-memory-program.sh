# rule: Execution from /dev/shm
# title: a program runs from shared memory
# run: --tmpfs /dev/shm:rw,exec
cp /bin/true /dev/shm/x; /dev/shm/x
