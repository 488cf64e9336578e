# title: a device file for a disk is made; the layer lets nobody open it
# technique: T1611
# expects: host-device-opened
# run: --cap-add MKNOD
mknod /tmp/disk b 254 0; rm -f /tmp/disk
