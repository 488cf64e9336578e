# title: a process writes into another one's memory
# technique: T1055
# expects: process-injected
# run: --cap-add SYS_PTRACE
# needs: python3
python3 - <<'P'
import ctypes, os, time
libc = ctypes.CDLL(None, use_errno=True)
memory = ctypes.create_string_buffer(b"before")
child = os.fork()
if child == 0:
    time.sleep(2); os._exit(0)
class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
new = ctypes.create_string_buffer(b"after!")
one, two = Part(ctypes.addressof(new), 6), Part(ctypes.addressof(memory), 6)
libc.process_vm_writev(child, ctypes.byref(one), 1, ctypes.byref(two), 1, 0)
os.waitpid(child, 0)
P
