"""
Read the records of ``wtmp`` and ``btmp``: who logged in, and who failed to.

A record has 384 bytes where the C library keeps 32-bit times in it (x86-64, and most), 400 where it
keeps 64-bit ones (aarch64). Law: texts end at their first NUL and are cut by their field; records
of other kinds than a user's login are none. Source: utmp(5), glibc ``bits/utmp.h``.
"""

import ipaddress
import struct

from pratique.model.observation import LoggedIn

_SMALL = struct.Struct("<hxxi32s4s32s256shhiii16s20x")
_LARGE = struct.Struct("<hxxi32s4s32s256shhqqq16s20x4x")
_USER_PROCESS = 7
_LOGIN_PROCESS = 6


def record_bytes(machine: str) -> int:
    """
    Return the size of a record on a machine, named as ``uname -m`` does.

    >>> record_bytes("x86_64"), record_bytes("aarch64")
    (384, 400)
    """
    return _LARGE.size if machine in ("aarch64", "riscv64", "loongarch64") else _SMALL.size


def read_login(record: bytes, *, failed: bool = False) -> tuple[int, int, LoggedIn] | None:
    """
    Return time (ns since the epoch), pid and login of a record, None where it is none.

    ``failed`` says that the record stands in ``btmp``, where each one is a failure.
    """
    layout = _LARGE if len(record) == _LARGE.size else _SMALL
    if len(record) != layout.size:
        return None
    kind, pid, line, _, user, host, _, _, _, seconds, micros, address = layout.unpack(record)
    name = _text(user)
    if kind not in ((_USER_PROCESS, _LOGIN_PROCESS) if failed else (_USER_PROCESS,)) or not name:
        return None
    login = LoggedIn(
        user=name,
        success=not failed,
        source=_text(host) or _address(address),
        terminal=_text(line),
        service="login",
    )
    time_ns = max(seconds, 0) * 1_000_000_000 + (micros % 1_000_000) * 1000
    return time_ns, max(pid, 0), login


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "replace")


def _address(field: bytes) -> str:
    """Return an address: IPv4 where only the first word is set."""
    if not any(field):
        return ""
    if not any(field[4:]):
        return str(ipaddress.IPv4Address(field[:4]))
    return str(ipaddress.IPv6Address(field))
