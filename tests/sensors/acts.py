"""Acts that the sensor in the kernel must tell, each a small program and what is told of it."""

from msgspec import Struct

from pratique.model.observation import (
    Act,
    BpfUsed,
    Called,
    Duplicated,
    Executed,
    IdentityChanged,
    Mapped,
    ModuleLoaded,
    Mounted,
    NamespaceEntered,
    Opened,
    PathChanged,
    ProcessTouched,
    Resolved,
    RingSubmitted,
    SocketUsed,
)


class Done(Struct, frozen=True):
    """A small program, the event it becomes, and what of it is told; FOLDER stands for its folder."""

    program: str
    kind: str
    act: type[Act]  # type: ignore[valid-type]
    facts: dict[str, object] = {}
    result: int | None = None


FAILS = -1
"""Any result below 0."""
NAME = b"question"
QUESTION = b"\0\7\1\0\0\1\0\0\0\0\0\0\4host\7example\0\0\1\0\1"
ANSWER = (
    b"\0\7\x81\x80\0\1\0\1\0\0\0\0\4host\7example\0\0\1\0\1\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2\3"
)
ASK = f"""
server = socket.socket(socket.{{family}}, 2); server.bind(({{host!r}}, 53))
client = socket.socket(socket.{{family}}, 2); client.sendto({QUESTION!r}, ({{host!r}}, 53))
_, asker = server.recvfrom(512); server.sendto({ANSWER!r}, asker); client.recvfrom(512)
"""
ASK_4 = ASK.format(family="AF_INET", host="127.0.0.53")
ASK_6 = ASK.format(family="AF_INET6", host="::1")
MEMORY = "address = ctypes.addressof(ctypes.create_string_buffer(4096)); "
RING = """
import fcntl
class Offsets(ctypes.Structure): _fields_ = [(n, ctypes.c_uint32) for n in "abcdefgh"] + [("i", ctypes.c_uint64)]
class Params(ctypes.Structure):
    _fields_ = [("h", ctypes.c_uint32 * 10), ("sq", ctypes.c_uint32 * 10), ("cq", ctypes.c_uint32 * 10)]
params = Params(); ring = call("io_uring_setup", 4, ctypes.byref(params))
if ring < 0: sys.exit("no io_uring")
head, tail, mask, entries, flags, dropped, array = params.sq[:7]
queue = mmap.mmap(ring, array + 4 * 4, mmap.MAP_SHARED, offset=0)
sqes = mmap.mmap(ring, 64 * 4, mmap.MAP_SHARED, offset=0x10000000)
path = ctypes.create_string_buffer(b"by-a-ring")
sqes[:64] = struct.pack("<BBHiQQIIQ24x", 18, 0, 0, -100, 0, ctypes.addressof(path), 0o600, os.O_CREAT | 1, 0)
queue[array:array + 4] = bytes(4); queue[tail:tail + 4] = struct.pack("<I", 1)
call("io_uring_enter", ring, 1, 1, 1, 0, 0)
"""
CLONE3 = (
    "given = ctypes.create_string_buffer(struct.pack('<5Q', 0x04000000, 0, 0, 0, 17) + bytes(24)); "
)
CHANGED = """
# The child shares the memory and stands on another stack: it changes what its parent passed, and ends.
stack = mmap.mmap(-1, 65536)
code = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
place = ctypes.addressof(ctypes.c_char.from_buffer(code))
at = lambda one: ctypes.addressof(one)
text = b"\\x48\\xb8" + struct.pack("<Q", at(given))          # rax = given
text += bytes.fromhex("48c70000000000")                       # [rax] = 0
text += bytes.fromhex("b83c00000031ff0f05")                   # exit(0)
begin = bytes.fromhex("b8b301000048bf") + struct.pack("<Q", at(given))  # rax = clone3, rdi = given
begin += bytes.fromhex("be400000000f054885c07401c3")          # rsi = 64; syscall; parent returns
code.write(begin + text)
top = ctypes.addressof(ctypes.c_char.from_buffer(stack))
given[:40] = struct.pack("<5Q", 0x04004100, 0, 0, 0, 17)       # CLONE_NEWUTS | VFORK | VM
given[40:56] = struct.pack("<2Q", top, 65536)
ctypes.CFUNCTYPE(ctypes.c_long)(place)()
"""
OLD_CALL = """
code = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
code.write(bytes.fromhex("53 89f8 89f3 89d1 4489c2 cd80 5b c3".replace(" ", "")))
# push rbx; eax, ebx, ecx = edi, esi, edx; (edx is r8d); int 0x80
place = ctypes.addressof(ctypes.c_char.from_buffer(code))
old = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_uint] * 5)(place)
libc.mmap.restype = ctypes.c_void_p
low = libc.mmap(None, ctypes.c_size_t(4096), 3, 0x62, -1, ctypes.c_long(0))
ctypes.memmove(low, b"by-the-old-way", 15)
"""

ACTS = {
    "openat2": Done(
        "how = struct.pack('<3Q', os.O_CREAT | 1, 0o640, 0); call('openat2', -100, b'f', how, 24)",
        "openat2",
        Opened,
        {"path": "FOLDER/f", "mode": 0o640, "given": "f"},
    ),
    "open by handle": Done(
        """
        open("h", "w").close()
        handle = ctypes.create_string_buffer(struct.pack("<Ii", 128, 0), 136); m = ctypes.c_int()
        if call("name_to_handle_at", -100, b"h", handle, ctypes.byref(m), 0): os.chroot("no handles")
        call("open_by_handle_at", os.open(".", 0), handle, 0)
        """,
        "open_by_handle_at",
        Opened,
        {"path": "FOLDER/h"},
    ),
    "failed open": Done(
        "call('openat', -100, b'not-here', 0)",
        "openat",
        Opened,
        {"path": "not-here", "given": "not-here", "fd": -1, "inode": 0},
        -2,
    ),
    "relative name at the root": Done(
        "os.chdir('/'); os.rmdir('no-such-folder')",
        "rmdir",
        PathChanged,
        {"path": "/no-such-folder", "given": "no-such-folder"},
        -2,
    ),
    "name in a directory": Done(
        "os.mkdir('d'); os.mkdir('e', dir_fd=os.open('d', 0))",
        "mkdirat",
        PathChanged,
        {"path": "FOLDER/d/e", "given": "e"},
    ),
    "own root": Done(
        "os.mkdir('r'); open('r/w', 'w').close(); os.chroot('r'); os.open('/w', 0)",
        "openat",
        Opened,
        {"path": "/w", "root": "FOLDER/r"},
    ),
    "name below an own root": Done(
        "os.mkdir('r'); os.chroot('r'); os.chdir('/'); os.mkdir('x')",
        "mkdir",
        PathChanged,
        {"path": "/x"},
    ),
    "chroot": Done("os.mkdir('r'); os.chroot('r')", "chroot", PathChanged, {"path": "FOLDER/r"}),
    "chdir": Done("os.mkdir('r'); os.chdir('r')", "chdir", Called, {"text": "FOLDER/r"}),
    "mknod": Done("os.mkfifo('p', 0o600)", "mknodat", PathChanged, {"path": "FOLDER/p"}),
    "truncate": Done(
        "open('t', 'w').close(); os.truncate('t', 3)", "truncate", PathChanged, {"path": "FOLDER/t"}
    ),
    "fchmod": Done(
        "os.fchmod(os.open('t', 0o101), 0o711)",
        "fchmod",
        PathChanged,
        {"path": "FOLDER/t", "mode": 0o711},
    ),
    "setxattr": Done(
        "open('t', 'w').close(); call('setxattr', b't', b'security.capability', b'x', 1, 0)",
        "setxattr",
        Called,
        {"text": "FOLDER/t security.capability"},
    ),
    "dup of a socket": Done(
        "a = socket.create_server(('127.0.0.6', 0)); b = socket.create_connection(a.getsockname());"
        " os.dup2(b.fileno(), 77, inheritable=True)",
        "dup2",
        Duplicated,
        {"new_fd": 77, "file.remote_address": "127.0.0.6", "file.family": 2},
    ),
    "dup of a file": Done(
        "os.dup2(os.open('t', 0o102), 78, inheritable=True)",
        "dup2",
        Duplicated,
        {"new_fd": 78, "file.path": "FOLDER/t"},
    ),
    "dup by fcntl": Done(
        "import fcntl; fcntl.fcntl(os.open('t', 0o102), fcntl.F_DUPFD, 79)",
        "fcntl",
        Duplicated,
        {"new_fd": 79, "file.path": "FOLDER/t"},
    ),
    "mapped library": Done(
        "f = open('lib', 'wb+'); f.write(b'x' * 4096); f.flush(); mmap.mmap(f.fileno(), 4096, 2, 5)",
        "mmap_exec",
        Mapped,
        {"path": "FOLDER/lib"},
    ),
    "memfd": Done("os.memfd_create('hidden')", "memfd_create", Called, {"text": "hidden"}),
    "unshare": Done("call('unshare', 0x04000000)", "unshare", NamespaceEntered, {"flags": 1 << 26}),
    "clone": Done(
        "call('clone', 0x04000011, 0, 0, 0, 0) or os._exit(0)",
        "clone",
        NamespaceEntered,
        {"flags": 0x04000011},
    ),
    "clone3": Done(
        CLONE3 + "call('clone3', given, 64) or os._exit(0)",
        "clone3",
        NamespaceEntered,
        {"flags": 0x04000000},
    ),
    "failed clone3": Done(
        "given = ctypes.create_string_buffer(struct.pack('<5Q', 0x44000000, 0, 0, 0, 99) + bytes(24));"
        " call('clone3', given, 64)",
        "clone3",
        NamespaceEntered,
        {"flags": 0x44000000},
        -22,
    ),
    "setns": Done(
        "call('setns', os.open('/proc/self/ns/uts', 0), 0x04000000)",
        "setns",
        NamespaceEntered,
        {"flags": 0x04000000},
    ),
    "mount": Done(
        "call('unshare', 0x20000); os.mkdir('m'); libc.mount(b'none', b'/', None, 0x44000, None);"
        " libc.mount(b'src', b'm', b'tmpfs', 2, None)",
        "mount",
        Mounted,
        {"source": "src", "path": "FOLDER/m", "file_system": "tmpfs", "flags": 2},
    ),
    "fsopen": Done("call('fsopen', b'tmpfs', 0)", "fsopen", Mounted, {"file_system": "tmpfs"}),
    "open_tree": Done("call('open_tree', -100, b'.', 0)", "open_tree", Mounted, {"path": "FOLDER"}),
    "setresuid": Done("os.setresuid(11, 12, 13)", "setresuid", IdentityChanged, {"uid": 12}),
    "capset": Done(
        "call('capset', struct.pack('<Ii', 0x20080522, 0), bytes(24))",
        "capset",
        IdentityChanged,
        {"cap_effective": 0, "cap_permitted": 0},
    ),
    "kill": Done("os.kill(1, 0)", "kill", ProcessTouched, {"target_pid": 1, "request": 0}),
    "memory of another": Done(
        "call('process_vm_writev', 1, 0, 0, 0, 0, 0)",
        "process_vm_writev",
        ProcessTouched,
        {"target_pid": 1},
    ),
    "descriptor of another": Done(
        "call('pidfd_getfd', os.pidfd_open(1), 0, 0)",
        "pidfd_getfd",
        ProcessTouched,
        {"target_pid": 1},
    ),
    "module": Done(
        MEMORY + "call('init_module', address, 4096, b'')", "init_module", ModuleLoaded, {}, FAILS
    ),
    "module of a file": Done(
        "open('my-mod.ko', 'w').write('x'); call('finit_module', os.open('my-mod.ko', 0), b'', 0)",
        "finit_module",
        ModuleLoaded,
        {"name": "my_mod", "path": "FOLDER/my-mod.ko"},
        FAILS,
    ),
    "module removed": Done(
        "call('delete_module', b'no_such', 0)",
        "delete_module",
        Called,
        {"text": "no_such"},
        FAILS,
    ),
    "bpf": Done(
        "call('bpf', 0, struct.pack('<5I8x16s', 2, 4, 8, 1, 0, b'a_map') + bytes(80), 120)",
        "bpf",
        BpfUsed,
        {"command": 0, "program_type": 2, "name": "a_map"},
    ),
    "key": Done(
        "call('add_key', b'user', b'a-key', b'x', 1, -3)", "add_key", Called, {"text": "user a-key"}
    ),
    "keyctl": Done("call('keyctl', 0, -3, 0, 0, 0)", "keyctl", Called),
    "userfaultfd": Done("call('userfaultfd', 0)", "userfaultfd", Called),
    "perf": Done(
        MEMORY + "call('perf_event_open', address, 0, -1, -1, 0)", "perf_event_open", Called
    ),
    "kexec": Done("call('kexec_load', 0, 99, 0, 0)", "kexec_load", Called, {}, FAILS),
    "failed execution": Done(
        "open('x', 'w').close(); os.chmod('x', 0o755)\n"
        "try: os.execv('./x', ['x'])\n"
        "except OSError: pass",
        "execve",
        Executed,
        {"path": "FOLDER/x", "called": "./x"},
        -8,
    ),
    "unix": Done(
        "a = socket.socket(1); a.bind('s'); a.listen(); b = socket.socket(1); b.connect('s')",
        "connect",
        SocketUsed,
        {"family": 1, "path": "s"},
    ),
    "abstract unix": Done(
        "a = socket.socket(1); a.bind(b'\\0pq-abstract'); a.listen(); b = socket.socket(1);"
        " b.connect(b'\\0pq-abstract')",
        "connect",
        SocketUsed,
        {"family": 1, "path": "@pq-abstract"},
    ),
    "refused connection": Done(
        "s = socket.socket()\ntry: s.connect(('127.0.0.4', 9))\nexcept OSError: pass",
        "connect",
        SocketUsed,
        {"remote_address": "127.0.0.4", "remote_port": 9, "protocol": 6},
        -111,
    ),
    "datagram to an address": Done(
        "socket.socket(2, 2).sendto(b'x', ('127.0.0.5', 9))",
        "sendto",
        SocketUsed,
        {"remote_address": "127.0.0.5", "remote_port": 9, "protocol": 17},
    ),
    "message to an address": Done(
        "socket.socket(10, 2).sendmsg([b'x'], [], 0, ('::1', 9))",
        "sendmsg",
        SocketUsed,
        {"remote_address": "::1", "remote_port": 9, "family": 10},
    ),
    "bind": Done(
        "socket.socket(10).bind(('::1', 45991))",
        "bind",
        SocketUsed,
        {"local_address": "::1", "local_port": 45991},
    ),
    "socket": Done("socket.socket(17, 3, 768)", "socket", SocketUsed, {"family": 17, "kind": 3}),
    "question": Done(
        ASK_4,
        "dns",
        Resolved,
        {"name": "host.example", "kind": 1, "response": False, "server": "127.0.0.53"},
    ),
    "answer": Done(
        ASK_4,
        "dns",
        Resolved,
        {"name": "host.example", "response": True, "answers": ("10.1.2.3",), "ttl_s": 60},
    ),
    "question over IPv6": Done(
        ASK_6, "dns", Resolved, {"name": "host.example", "response": False, "server": "::1"}
    ),
    "answer over IPv6": Done(
        ASK_6, "dns", Resolved, {"response": True, "answers": ("10.1.2.3",), "server": "::1"}
    ),
    "io_uring": Done(
        RING, "io_uring_submit", RingSubmitted, {"operation": 18, "path": "by-a-ring"}
    ),
}
OLD = {
    "32-bit open": Done(
        OLD_CALL + "print(old(295, 0xFFFFFF9C, low, 0, 0o102))",
        "openat",
        Opened,
        {"given": "by-the-old-way"},
    ),
    "32-bit unlink": Done(
        OLD_CALL + "print(old(10, low, 0, 0, 0))",
        "unlink",
        PathChanged,
        {"path": "FOLDER/by-the-old-way"},
    ),
    "clone3 whose arguments are changed at once": Done(
        CLONE3 + CHANGED,
        "clone3",
        NamespaceEntered,
        {"flags": 0x04004100},
    ),
    "32-bit clone": Done(
        OLD_CALL + "old(120, 0x04000011, 0, 0, 0) or os._exit(0)",
        "clone",
        NamespaceEntered,
        {"flags": 0x04000011},
    ),
    "32-bit clone3": Done(
        OLD_CALL
        + "ctypes.memmove(low, struct.pack('<5Q', 0x04000000, 0, 0, 0, 17) + bytes(24), 64);"
        " old(435, low, 64, 0, 0) or os._exit(0)",
        "clone3",
        NamespaceEntered,
        {"flags": 0x04000000},
    ),
    "32-bit socket": Done(
        OLD_CALL
        + "ctypes.memmove(low, struct.pack('<3I', 2, 2, 17), 12); print(old(102, 1, low, 0, 0))",
        "socket",
        SocketUsed,
        {"family": 2, "kind": 2, "protocol": 17},
    ),
}
