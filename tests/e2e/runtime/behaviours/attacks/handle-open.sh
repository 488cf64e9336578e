# title: a file is opened by its number, past every path
# technique: T1611
# expects: handle-opened
# run: --privileged
# needs: python3
python3 -c 'import ctypes; ctypes.CDLL(None).syscall(304, -100, ctypes.create_string_buffer(128), 0)'
