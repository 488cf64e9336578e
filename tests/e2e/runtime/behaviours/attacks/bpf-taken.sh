# title: a map of the kernel's programs is asked for
# technique: T1068
# expects: bpf-used-in-container
# run: --security-opt seccomp=unconfined --cap-add BPF --cap-add PERFMON
# needs: python3
python3 - <<'P'
import ctypes
l = ctypes.CDLL(None); b = ctypes.create_string_buffer(128)
print(l.syscall(321, 12, b, 128))  # BPF_PROG_GET_FD_BY_ID's neighbours: PROG_GET_NEXT_ID is 11
print(l.syscall(321, 11, b, 128)); print(l.syscall(321, 13, b, 128))
P
