"""
Write numbers of the kernel's interface under its names, as Falco prints them.

Source: <linux/fcntl.h>, <linux/stat.h>, <linux/ptrace.h>, <linux/sched.h>, <linux/bpf.h>,
<linux/capability.h> of Linux 6.12, x86-64 numbers where they differ from the generic ones.
"""

import errno
import os
import stat
from collections.abc import Mapping
from functools import lru_cache

_OPEN = tuple(
    (getattr(os, name), name)
    for name in (
        "O_CREAT",
        "O_EXCL",
        "O_TRUNC",
        "O_APPEND",
        "O_NONBLOCK",
        "O_DSYNC",
        "O_DIRECT",
        "O_DIRECTORY",
        "O_NOFOLLOW",
        "O_NOATIME",
        "O_CLOEXEC",
        "O_PATH",
    )
)
_MODES = tuple(
    (getattr(stat, name), name)
    for name in (
        "S_ISUID",
        "S_ISGID",
        "S_ISVTX",
        "S_IRUSR",
        "S_IWUSR",
        "S_IXUSR",
        "S_IRGRP",
        "S_IWGRP",
        "S_IXGRP",
        "S_IROTH",
        "S_IWOTH",
        "S_IXOTH",
    )
)
_NAMESPACES = (
    (0x00020000, "CLONE_NEWNS"),
    (0x02000000, "CLONE_NEWCGROUP"),
    (0x04000000, "CLONE_NEWUTS"),
    (0x08000000, "CLONE_NEWIPC"),
    (0x10000000, "CLONE_NEWUSER"),
    (0x20000000, "CLONE_NEWPID"),
    (0x40000000, "CLONE_NEWNET"),
    (0x00000080, "CLONE_NEWTIME"),
)
_MOUNT = (
    (1, "RDONLY"),
    (2, "NOSUID"),
    (4, "NODEV"),
    (8, "NOEXEC"),
    (32, "REMOUNT"),
    (4096, "BIND"),
    (8192, "MOVE"),
    (16384, "REC"),
)
PTRACE = {
    0: "PTRACE_TRACEME",
    1: "PTRACE_PEEKTEXT",
    2: "PTRACE_PEEKDATA",
    3: "PTRACE_PEEKUSR",
    4: "PTRACE_POKETEXT",
    5: "PTRACE_POKEDATA",
    6: "PTRACE_POKEUSR",
    7: "PTRACE_CONT",
    8: "PTRACE_KILL",
    9: "PTRACE_SINGLESTEP",
    12: "PTRACE_GETREGS",
    13: "PTRACE_SETREGS",
    14: "PTRACE_GETFPREGS",
    15: "PTRACE_SETFPREGS",
    16: "PTRACE_ATTACH",
    17: "PTRACE_DETACH",
    24: "PTRACE_SYSCALL",
    0x4200: "PTRACE_SETOPTIONS",
    0x4204: "PTRACE_GETREGSET",
    0x4205: "PTRACE_SETREGSET",
    0x4206: "PTRACE_SEIZE",
    0x4207: "PTRACE_INTERRUPT",
}
BPF = {
    0: "BPF_MAP_CREATE",
    1: "BPF_MAP_LOOKUP_ELEM",
    2: "BPF_MAP_UPDATE_ELEM",
    3: "BPF_MAP_DELETE_ELEM",
    4: "BPF_MAP_GET_NEXT_KEY",
    5: "BPF_PROG_LOAD",
    6: "BPF_OBJ_PIN",
    7: "BPF_OBJ_GET",
    8: "BPF_PROG_ATTACH",
    9: "BPF_PROG_DETACH",
    10: "BPF_PROG_TEST_RUN",
    11: "BPF_PROG_GET_NEXT_ID",
    12: "BPF_MAP_GET_NEXT_ID",
    13: "BPF_PROG_GET_FD_BY_ID",
    14: "BPF_MAP_GET_FD_BY_ID",
    15: "BPF_OBJ_GET_INFO_BY_FD",
    17: "BPF_RAW_TRACEPOINT_OPEN",
    18: "BPF_BTF_LOAD",
    28: "BPF_LINK_CREATE",
    30: "BPF_LINK_GET_FD_BY_ID",
}
FAMILIES = {0: "AF_UNSPEC", 1: "AF_UNIX", 2: "AF_INET", 10: "AF_INET6", 16: "AF_NETLINK"}
FAMILIES |= {17: "AF_PACKET", 38: "AF_ALG", 40: "AF_VSOCK", 44: "AF_XDP"}
KINDS = {1: "SOCK_STREAM", 2: "SOCK_DGRAM", 3: "SOCK_RAW", 5: "SOCK_SEQPACKET"}
CAPABILITIES = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
]
"""Capabilities by their bit."""


@lru_cache(maxsize=1024)
def open_flags(flags: int) -> str:
    """
    Return the flags of open(2).

    >>> open_flags(os.O_WRONLY | os.O_CREAT)
    'O_WRONLY|O_CREAT'
    """
    access = ("O_RDONLY", "O_WRONLY", "O_RDWR", "O_RDWR")[flags & 3]
    return "|".join((access, *_set(flags, _OPEN)))


@lru_cache(maxsize=1024)
def mode_bits(mode: int) -> str:
    """
    Return the bits of a file's mode.

    >>> mode_bits(0o4700)
    'S_ISUID|S_IRUSR|S_IWUSR|S_IXUSR'
    >>> mode_bits(0o60400)
    'S_IFBLK|S_IRUSR'
    """
    form = stat.S_IFMT(mode & 0xFFFF)
    kind = {stat.S_IFBLK: "S_IFBLK", stat.S_IFCHR: "S_IFCHR"}.get(form, "")
    return "|".join(filter(None, (kind, *_set(mode, _MODES))))


def namespace_flags(flags: int) -> str:
    """
    Return the CLONE_NEW flags.

    >>> namespace_flags(0x10000000)
    'CLONE_NEWUSER'
    """
    return "|".join(_set(flags, _NAMESPACES))


def mount_flags(flags: int) -> str:
    """Return the flags of mount(2)."""
    return "|".join(_set(flags, _MOUNT))


@lru_cache(maxsize=4096)
def capabilities(bits: int) -> str:
    """
    Return a set of capabilities.

    >>> capabilities(1 << 21)
    'CAP_SYS_ADMIN'
    """
    return " ".join(f"CAP_{name}" for at, name in enumerate(CAPABILITIES) if bits >> at & 1)


def outcome(result: int) -> str:
    """
    Return how a call ended.

    >>> outcome(3), outcome(-2)
    ('SUCCESS', 'ENOENT')
    """
    return "SUCCESS" if result >= 0 else errno.errorcode.get(-result, str(result))


def named(number: int, names: Mapping[int, str]) -> str:
    """Return a number's name, the number where it has none."""
    return names.get(number, str(number))


def _set(bits: int, names: tuple[tuple[int, str], ...]) -> list[str]:
    return [name for bit, name in names if bit and bits & bit == bit]
