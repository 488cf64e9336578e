# rule: Create files below dev
# title: a file is made between the devices
: >/dev/hidden
