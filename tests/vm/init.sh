#!/bin/sh
# The first process of the virtual machine: mount what the sensor needs, try it, switch off.
b=/bin/busybox
for one in "proc /proc" "sysfs /sys" "devtmpfs /dev" "cgroup2 /cg" "tmpfs /tmpfs" "tmpfs /upper"; do
  set -- $one
  $b mount -t "$1" "$1" "$2"
done
$b mount -t securityfs securityfs /sys/kernel/security
$b mount -t tracefs tracefs /sys/kernel/tracing
$b mount -t bpf bpf /sys/fs/bpf
$b ip link set lo up
echo
echo "lsm: $($b cat /sys/kernel/security/lsm)"
$b insmod /overlay.ko
$b mkdir /upper/diff /upper/work
$b mount -t overlay overlay -o lowerdir=/lower,upperdir=/upper/diff,workdir=/upper/work /merged
$b cp /bin/true /tmpfs/true
$b cp /bin/true /merged/dropped
/vmload
echo "vmload: $?"
# The console is slow: what waits in it would be lost.
$b sleep 1
$b poweroff -f
