# title: the helper of device events is opened for writing
# technique: T1611
# expects: kernel-helper-path-written
( : >>/sys/kernel/uevent_helper ) 2>/dev/null || true
