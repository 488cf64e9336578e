"""
Describe the records of the kernel's programs, byte by byte.

The twin of ``bpf/records.h``; ``tests/formats/kernel_events/test_layout.py`` compares the two.
Little endian. A record is a head, a fixed part by its shape, and texts one after the other.
"""

import struct
from enum import IntEnum, IntFlag


class Shape(IntEnum):
    """What stands behind the head."""

    EXECUTED = 1
    FORKED = 2
    EXITED = 3
    OPENED = 4
    NAMES = 5
    SOCKET = 6
    DUPLICATED_FILE = 7
    DUPLICATED_SOCKET = 8
    DNS = 9
    CGROUP = 10
    REFUSED = 11


class Flag(IntFlag):
    """Bits of the head."""

    CUT = 1
    UPPER = 2
    MEMFD = 4
    COMPAT = 8
    TMPFS = 16
    FIRST = 32


class Slot(IntEnum):
    """What a text of ``Shape.NAMES`` is."""

    NONE = 0
    TEXT = 1
    NAME = 2
    FILE = 3
    HERE = 4


OWN_TYPES = {
    1: "execve",
    2: "fork",
    3: "procexit",
    4: "mmap_exec",
    5: "dns",
    6: "io_uring_submit",
    7: "cgroup_mkdir",
    8: "cgroup_rmdir",
    9: "cgroup_attach",
    10: "refused",
}
"""Event types that are no system call of their own, by number."""
FIRST_CALL_TYPE = 16
"""Numbers from here belong to system calls (``calls.TYPES``)."""
MOST_TYPES = 256
URGENT_STREAM = 1 << 16
"""Bit of a stream's number: what must not wait. Below it stands the processor's number."""

HEADER = struct.Struct("<HBBH2xIIQQ7I4xQQq16s")
"""size, shape, flags, type, stream, pid, sequence, time, tid, parent, uid, gid, mount namespace,
pid namespace, count, cgroup, cgroup v1, result, comm."""
FLAGS_AT = 3
"""Where in the head the flags are."""
EXECUTED = struct.Struct("<QQQQqqIIIIIIIIHHHHHHHH")
"""inode, capabilities (effective, permitted, inheritable), changed s, modified s, changed ns,
modified ns, device, login uid, session, process group, virtual pid, tty, then the lengths: path,
of it outside the root, called, interpreter, directory, arguments, environment, -."""
FORKED = struct.Struct("<II")
EXITED = struct.Struct("<iIQ")
OPENED = struct.Struct("<QIIIIiHHH6x")
"""inode, device, flags, mode, kind (``st_mode``), descriptor, lengths: path, outside, given."""
NAMES = struct.Struct("<6Q3Q3BB3H3H")
"""arguments, extra, what each text is, -, lengths: directories, texts."""
SOCKET = struct.Struct("<iHHIHH16s16sHHI")
"""descriptor, family, kind, protocol, local and remote port, their addresses, length of path, data."""
COPY = struct.Struct("<ii")
"""The old and the new descriptor, before the facts of a file or a socket."""
DNS = struct.Struct("<16s16sHHHBB")
"""source, target, their ports, length of the message, -, whether it goes out."""
CGROUP = struct.Struct("<QIIHHHH")
"""id, hierarchy, the process that entered, length of the path."""
REFUSED = struct.Struct("<QII16sHHI")
"""inode, device, measure, address, port, length of the path."""

CALL = struct.Struct("<HBB3B3B3BBBB")
"""One entry of the table of calls: type, handler, options, per text: kind, directory, argument;
then first, second, local."""
NO_ARGUMENT = 7
CALLS_OF_ONE_KIND = 1024
SOCKETCALLS = 2 * CALLS_OF_ONE_KIND
MOST_CALLS = SOCKETCALLS + 32

SETTINGS = struct.Struct("<10I16Q16Q")
"""opens, endings, types, policies, repeats, calls seen, words, marks of the two rings, -, words of
the environment, their masks."""
ENVIRONMENT_WORDS = 16
PREFIX_BYTES = 96
FILE_NAME_BYTES = 64
ENDING_BYTES = 8
PREFIX = struct.Struct(f"<I{PREFIX_BYTES}s")
FILE_NAME = struct.Struct(f"<{FILE_NAME_BYTES}s")
ENDING = struct.Struct("<B8s7x")
GROUP = struct.Struct("<QII")
DENIED_FILE = struct.Struct("<QIIQII")
DESTINATION = struct.Struct("<QII16sII")
ACT = struct.Struct("<IIQQQQII")
REPEATS = struct.Struct("<QQII")
"""sequence of the first, time of the last, stream, count of the others."""
CALLS_USED = struct.Struct("<8Q")
FILTERED, BUSY, COUNTERS = MOST_TYPES, MOST_TYPES + 1, MOST_TYPES + 2
"""Places in the table of counters behind the losses by type."""


class Opens(IntFlag):
    """Which opens the kernel lets through."""

    ALL = 1
    WRITES = 2
    FAILED = 4
    NAMES = 8
    PREFIXES = 16
    ENDINGS = 32
    UPPER = 64


class Policy(IntFlag):
    """What a control group may not do."""

    MUTE = 1
    KILL_DRIFT = 2
    REFUSE_DRIFT = 4
    FILES = 8
    DESTINATIONS = 16


class Measure(IntEnum):
    """What the kernel did, in a record of ``Shape.REFUSED``."""

    KILL = 1
    REFUSE = 2
    DESTINATION = 3
