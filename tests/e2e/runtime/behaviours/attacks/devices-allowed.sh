# title: the devices that a control group may use are opened for writing; nothing is written
# technique: T1611
# expects: release-agent-written
( : >>/sys/fs/cgroup/devices.allow ) 2>/dev/null || true
