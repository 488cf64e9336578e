# title: the kernel is to be replaced; there is none to do so
# technique: T1542
# expects: kexec-used
# needs: python3
python3 -c 'import ctypes; ctypes.CDLL(None).syscall(246, 0, 0, 0, 0)'
