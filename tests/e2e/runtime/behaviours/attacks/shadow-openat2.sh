# title: the password hashes are opened by openat2
# technique: T1003.008
# expects: shadow-file-read
# needs: python3
python3 - <<'P'
import ctypes
how = ctypes.create_string_buffer(24)
ctypes.CDLL(None).syscall(437, -100, b"/etc/shadow", how, 24)
P
