# rule: Privileged Container Device Access
# title: something under the name of a disk is read; it is /dev/null
# run: --cap-add MKNOD
mknod /dev/sdzz c 1 3; head -c 1 /dev/sdzz
