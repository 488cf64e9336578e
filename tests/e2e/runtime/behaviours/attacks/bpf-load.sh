# title: a program is to be loaded into the kernel; there is none
# technique: T1068
# expects: bpf-used-in-container
# run: --security-opt seccomp=unconfined
# needs: python3
python3 -c 'import ctypes; ctypes.CDLL(None).syscall(321, 5, ctypes.create_string_buffer(64), 64)'
