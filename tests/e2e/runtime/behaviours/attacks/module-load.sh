# title: code is to be loaded into the kernel; there is none
# technique: T1547.006
# expects: module-loaded-in-container
# needs: python3
python3 -c 'import ctypes; ctypes.CDLL(None).syscall(313, -1, b"", 0)'
