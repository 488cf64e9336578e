# title: a process asks to handle its own page faults
# technique: T1068
# expects: userfaultfd-used
# run: --privileged
# needs: python3
python3 -c 'import ctypes; ctypes.CDLL(None).syscall(323, 1)'
