# title: a disk of the node is opened
# technique: T1611
# expects: host-device-opened
# run: --privileged
for disk in /dev/vda /dev/sda /dev/nvme0n1; do head -c 1 "$disk" >/dev/null 2>&1; done; true
