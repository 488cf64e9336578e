# title: a shell runs a script from /dev/shm
# technique: T1059.004
# expects: execution-from-shared-memory
# run: --tmpfs /dev/shm:rw,exec
echo 'true' >/dev/shm/run.sh; sh /dev/shm/run.sh
