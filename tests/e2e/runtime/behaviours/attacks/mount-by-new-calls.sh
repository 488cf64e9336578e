# title: a file system is opened by the new calls, which older sensors do not watch
# technique: T1611
# expects: mount-in-container
# run: --privileged
# needs: python3
python3 -c 'import ctypes; ctypes.CDLL(None).syscall(430, b"tmpfs", 0)'
