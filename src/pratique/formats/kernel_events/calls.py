"""
Say to the kernel's dispatcher what to do with each system call.

One line a call: which handler takes it, and where its texts, descriptors and addresses stand among
its arguments. The dispatcher finds a line by the call's number, native or 32-bit; calls that nobody
wants have none. Source: man pages section 2; the kernel's ``SYSCALL_DEFINE`` of each.
"""

from collections.abc import Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.kernel_events import layout
from pratique.formats.kernel_events.layout import NO_ARGUMENT, Slot
from pratique.formats.kernel_events.numbers import COMPAT, NATIVE, numbers

OPEN, NAMES, SOCKET, DUP, MAP, SOCKETCALL = range(1, 7)
HOW, CREATE, ALWAYS = 1, 2, 4
FAILED, CREDENTIALS, ATTRIBUTES, CLONE3, TARGET, PIDFD, FLAGS, MODULE = (1 << n for n in range(8))
ADDRESS, MESSAGE, RESULT, ASKED, COMMAND, HEARD, DATA = (1 << n for n in range(7))
OLD = 1

Text = tuple[Slot, int, int]
"""What it is, the argument of its directory, its own argument."""


class Call(Struct, frozen=True):
    """How one call is taken; see ``struct call`` of bpf/maps.h."""

    handler: int
    texts: tuple[Text, ...] = ()
    options: int = 0
    first: int = NO_ARGUMENT
    second: int = NO_ARGUMENT
    local: bool = False

    def packed(self, kind: int) -> bytes:
        """Return the entry of the table, for the event type of this number."""
        texts = (*self.texts, *[(Slot.NONE, NO_ARGUMENT, NO_ARGUMENT)] * 3)[:3]
        what, where, which = zip(*texts, strict=True)
        return layout.CALL.pack(
            kind,
            self.handler,
            self.options,
            *what,
            *where,
            *which,
            self.first,
            self.second,
            int(self.local),
        )


def name(argument: int, directory: int = NO_ARGUMENT) -> Text:
    """Return a file name in an argument, relative to a directory's descriptor in another."""
    return (Slot.NAME, directory, argument)


def text(argument: int) -> Text:
    """Return a text in an argument."""
    return (Slot.TEXT, NO_ARGUMENT, argument)


def file(argument: int) -> Text:
    """Return the path of a descriptor in an argument."""
    return (Slot.FILE, NO_ARGUMENT, argument)


def _names(*texts: Text, options: int = 0, first: int = NO_ARGUMENT) -> Call:
    return Call(NAMES, texts, options, first)


_HERE = _names((Slot.HERE, NO_ARGUMENT, 0))
_IDENTITY = _names(options=CREDENTIALS)
_PLAIN = _names()
_SIGNAL = _names(options=TARGET)

CALLS: dict[str, Call] = {
    "open": Call(OPEN, (name(0),), 0, 1, 2),
    "creat": Call(OPEN, (name(0),), CREATE, NO_ARGUMENT, 1),
    "openat": Call(OPEN, (name(1, 0),), 0, 2, 3),
    "openat2": Call(OPEN, (name(1, 0),), HOW, 2),
    "open_by_handle_at": Call(OPEN, (), ALWAYS, 2),
    "rename": _names(name(0), name(1)),
    "renameat": _names(name(1, 0), name(3, 2)),
    "renameat2": _names(name(1, 0), name(3, 2)),
    "unlink": _names(name(0)),
    "unlinkat": _names(name(1, 0)),
    "rmdir": _names(name(0)),
    "mkdir": _names(name(0)),
    "mkdirat": _names(name(1, 0)),
    "mknod": _names(name(0)),
    "mknodat": _names(name(1, 0)),
    "link": _names(name(0), name(1)),
    "linkat": _names(name(1, 0), name(3, 2)),
    "symlink": _names(text(0), name(1)),
    "symlinkat": _names(text(0), name(2, 1)),
    "chmod": _names(name(0)),
    "fchmod": _names(file(0)),
    "fchmodat": _names(name(1, 0)),
    "fchmodat2": _names(name(1, 0)),
    "chown": _names(name(0)),
    "lchown": _names(name(0)),
    "fchown": _names(file(0)),
    "fchownat": _names(name(1, 0)),
    "truncate": _names(name(0)),
    "ftruncate": _names(file(0)),
    "chroot": _names(name(0)),
    "setxattr": _names(name(0), text(1)),
    "lsetxattr": _names(name(0), text(1)),
    "fsetxattr": _names(file(0), text(1)),
    "chdir": _HERE,
    "fchdir": _HERE,
    "mount": _names(text(0), name(1), text(2)),
    "umount": _names(name(0)),
    "umount2": _names(name(0)),
    "move_mount": _names(name(1, 0), name(3, 2)),
    "open_tree": _names(name(1, 0)),
    "fsopen": _names(text(0)),
    "fsconfig": _names(text(2), text(3)),
    "fsmount": _PLAIN,
    "fspick": _names(name(1, 0)),
    "mount_setattr": _names(name(1, 0)),
    "pivot_root": _names(name(0), name(1)),
    "setns": _PLAIN,
    "unshare": _PLAIN,
    "clone": _names(options=FLAGS, first=0),
    "clone3": _names(options=CLONE3, first=0),
    **dict.fromkeys(
        [
            "setuid",
            "setgid",
            "setreuid",
            "setregid",
            "setresuid",
            "setresgid",
            "setfsuid",
            "setfsgid",
            "setgroups",
        ],
        _IDENTITY,
    ),
    "capset": _IDENTITY,
    "ptrace": _names(options=TARGET, first=1),
    **dict.fromkeys(["kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"], _SIGNAL),
    "pidfd_send_signal": _names(options=TARGET | PIDFD, first=0),
    "pidfd_getfd": _names(options=TARGET | PIDFD, first=0),
    "process_vm_readv": _PLAIN,
    "process_vm_writev": _PLAIN,
    "pidfd_open": _PLAIN,
    "init_module": _names(options=MODULE),
    "finit_module": _names(file(0), options=MODULE),
    "delete_module": _names(text(0)),
    "bpf": _names(options=ATTRIBUTES),
    "keyctl": _PLAIN,
    "add_key": _names(text(0), text(1)),
    "request_key": _names(text(0), text(1)),
    "userfaultfd": _PLAIN,
    "memfd_create": _names(text(0)),
    "memfd_secret": _PLAIN,
    "kexec_load": _PLAIN,
    "kexec_file_load": _names(file(0)),
    "perf_event_open": _PLAIN,
    "io_uring_setup": _PLAIN,
    "io_uring_enter": _PLAIN,
    "io_uring_register": _PLAIN,
    "prctl": _PLAIN,
    "setsid": _PLAIN,
    "sethostname": _names(text(0)),
    "setdomainname": _names(text(0)),
    "swapon": _names(name(0)),
    "swapoff": _names(name(0)),
    "acct": _names(name(0)),
    "quotactl": _names(text(1)),
    "seccomp": _PLAIN,
    "reboot": _PLAIN,
    "iopl": _PLAIN,
    "ioperm": _PLAIN,
    "execve": _names(name(0), options=FAILED),
    "execveat": _names(name(1, 0), options=FAILED),
    "socket": Call(SOCKET, (), RESULT, 0),
    "connect": Call(SOCKET, (), ADDRESS | ASKED, NO_ARGUMENT, 1),
    "accept": Call(SOCKET, (), RESULT),
    "accept4": Call(SOCKET, (), RESULT),
    "bind": Call(SOCKET, (), ADDRESS, NO_ARGUMENT, 1, local=True),
    "listen": Call(SOCKET),
    "sendto": Call(SOCKET, (), ADDRESS, NO_ARGUMENT, 4),
    "sendmsg": Call(SOCKET, (), MESSAGE, NO_ARGUMENT, 1),
    "sendmmsg": Call(SOCKET, (), MESSAGE, NO_ARGUMENT, 1),
    "recvfrom": Call(SOCKET, (), ADDRESS | HEARD, NO_ARGUMENT, 4),
    "recvmsg": Call(SOCKET, (), MESSAGE | HEARD, NO_ARGUMENT, 1),
    "recvmmsg": Call(SOCKET, (), MESSAGE | HEARD, NO_ARGUMENT, 1),
    "dup": Call(DUP, (), RESULT),
    "dup2": Call(DUP),
    "dup3": Call(DUP),
    "fcntl": Call(DUP, (), COMMAND),
    "mmap": Call(MAP),
}
"""Every call that can be watched, by the event type it becomes."""

WITH_DATA = frozenset({"sendto", "sendmsg", "recvfrom", "recvmsg"})
"""Calls whose first bytes can be told: those that return how many there were."""

CALL_TYPES = tuple(sorted(CALLS))
TYPES = dict(layout.OWN_TYPES) | {
    layout.FIRST_CALL_TYPE + place: call for place, call in enumerate(CALL_TYPES)
}
"""Number of an event type -> its name, for everything the kernel's programs tell."""
_NUMBERS = {call: layout.FIRST_CALL_TYPE + place for place, call in enumerate(CALL_TYPES)}

_ALIASES = {
    **{f"{call}32": call for call in CALL_TYPES},
    "fcntl64": "fcntl",
    "truncate64": "truncate",
    "ftruncate64": "ftruncate",
    "mmap2": "mmap",
    "recvmmsg_time64": "recvmmsg",
}
_SOCKETCALLS = (
    "socket bind connect listen accept - - - - - sendto recvfrom - - - sendmsg recvmsg accept4"
    " recvmmsg sendmmsg"
)
"""By number from 1. send and recv need a socket whose ``connect`` was seen."""
_X32 = {"execve": 520, "ptrace": 521, "rt_sigqueueinfo": 524, "execveat": 545, "recvfrom": 517}
_X32 |= {"sendmsg": 518, "recvmsg": 519, "recvmmsg": 537, "sendmmsg": 538, "rt_tgsigqueueinfo": 536}
_X32 |= {"process_vm_readv": 539, "process_vm_writev": 540, "kexec_load": 528}


def table(
    wanted: Collection[str], machine: str, *, data: bool = False
) -> Iterator[tuple[int, bytes]]:
    """
    Yield index and entry of the table for every number of every wanted event type.

    Args:
        wanted: Names of event types; ``mmap_exec`` stands for ``mmap``.
        machine: What ``uname -m`` says; one that is not known has no calls.
        data: Tell the first bytes that sockets send and receive.

    >>> dict(table({"openat"}, "x86_64")).keys()
    dict_keys([257, 1319])
    """
    for base, which in ((0, NATIVE), (layout.CALLS_OF_ONE_KIND, COMPAT)):
        if machine not in which:
            continue
        for spelt, number in numbers(which[machine]).items():
            call = _ALIASES.get(spelt, spelt)
            if _is_wanted(call, wanted):
                yield base + number, _entry(call, spelt, which[machine], data=data)
    if machine == "x86_64":
        yield from _packed_calls(wanted, data=data)


def _packed_calls(wanted: Collection[str], *, data: bool) -> Iterator[tuple[int, bytes]]:
    """Yield what i386 packs into ``socketcall``, and the calls that x32 numbers anew."""
    packed = [
        (layout.SOCKETCALLS + place, call)
        for place, call in enumerate(_SOCKETCALLS.split(), 1)
        if call != "-" and _is_wanted(call, wanted)
    ]
    if packed:
        yield layout.CALLS_OF_ONE_KIND + numbers("i386")["socketcall"], Call(SOCKETCALL).packed(0)
    for index, call in packed:
        yield index, _entry(call, call, "", data=data)
    for call, number in _X32.items():
        if _is_wanted(call, wanted):
            yield number, _entry(call, call, "", data=data)


def _is_wanted(call: str, wanted: Collection[str]) -> bool:
    return call in CALLS and ("mmap_exec" if call == "mmap" else call) in wanted


def _entry(call: str, spelt: str, table_name: str, *, data: bool) -> bytes:
    entry = CALLS[call]
    if data and call in WITH_DATA:
        entry = replace(entry, options=entry.options | DATA)
    if spelt == "mmap" and table_name == "i386":
        entry = Call(MAP, (), OLD)
    return entry.packed(_NUMBERS[call])
