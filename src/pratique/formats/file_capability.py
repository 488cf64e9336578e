"""
Read the capabilities that a file grants whoever runs it: the attribute ``security.capability``.

Layout (Linux, include/uapi/linux/capability.h, ``struct vfs_cap_data``), little-endian: a word with
the revision in its top byte (1, 2 or 3) and the flag "effective" in bit 0; then pairs of words
(permitted, inheritable), one in revision 1, two since; in revision 3 the user id that is root in
the namespace the file belongs to.
"""

import struct

from msgspec import Struct

from pratique.model.errors import FormatError

ATTRIBUTE = "security.capability"
NAMES = (
    "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid",
    "setpcap", "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw",
    "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct",
    "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod",
    "lease", "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog",
    "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
)  # fmt: skip
"""By bit number, without ``CAP_``."""
_LENGTHS = {1: 12, 2: 20, 3: 24}


class FileCapability(Struct, frozen=True):
    """What a program may get: names by bit order; ``effective`` says it has them from its start."""

    permitted: tuple[str, ...]
    inheritable: tuple[str, ...] = ()
    effective: bool = False
    root_uid: int = 0


def read_capability(value: bytes) -> FileCapability:
    """
    Return what the attribute's value grants.

    Raises:
        FormatError: another length or revision.

    >>> read_capability(bytes.fromhex("0100000200040000" + "00" * 12)).permitted
    ('net_bind_service',)
    """
    revision = value[3] if len(value) > 3 else 0
    if len(value) != _LENGTHS.get(revision):
        raise FormatError(f"no file capability of a known revision ({revision})")
    words = struct.unpack(f"<{len(value) // 4}I", value)
    pairs = words[1:3] if revision == 1 else words[1:5]
    permitted = pairs[0] | (pairs[2] << 32 if len(pairs) > 2 else 0)
    inheritable = pairs[1] | (pairs[3] << 32 if len(pairs) > 2 else 0)
    return FileCapability(
        permitted=_names(permitted),
        inheritable=_names(inheritable),
        effective=bool(words[0] & 1),
        root_uid=words[5] if revision == 3 else 0,
    )


def _names(bits: int) -> tuple[str, ...]:
    known = tuple(name for bit, name in enumerate(NAMES) if bits >> bit & 1)
    more = tuple(f"bit {bit}" for bit in range(len(NAMES), 64) if bits >> bit & 1)
    return known + more
