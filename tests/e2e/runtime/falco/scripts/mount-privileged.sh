# rule: Mount Launched in Privileged Container
# title: a file system is mounted with the node's rights
# run: --privileged
mount -t tmpfs none /mnt
