# title: a link named gdb writes another process's memory
# technique: T1055.008
# expects: process-injected
# needs: python3
mkdir /tmp/a; ln -s "$(readlink -f /usr/bin/python3)" /tmp/a/gdb
sleep 5 & 
/tmp/a/gdb - $! <<'P'
import ctypes, sys
ctypes.CDLL(None).ptrace(16, int(sys.argv[1]), 0, 0)
P
