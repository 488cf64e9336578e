# title: a file system is mounted
# technique: T1611
# expects: mount-in-container
# run: --privileged
mount -t tmpfs none /mnt; umount /mnt
