# title: a process attaches to another one
# technique: T1055.008
# expects: process-injected
# run: --cap-add SYS_PTRACE
# needs: python3
sleep 5 & target=$!
python3 - "$target" <<'P'
import ctypes, sys
libc = ctypes.CDLL(None); pid = int(sys.argv[1])
libc.ptrace(16, pid, 0, 0); libc.ptrace(17, pid, 0, 0)
P
kill "$target"
