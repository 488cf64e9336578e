"""
Read the tables of sockets in ``/proc/PID/net``: ``tcp``, ``tcp6``, ``udp``, ``udp6``, ``unix``.

Law: a line that is not of the form is left out; at most ``MOST_SOCKETS`` are read. Addresses are
textual, IPv4-mapped ones as IPv4; the other end is empty where there is none. Sockets are told apart by their
inode, which is 0 for those that no process holds any more. Source: proc_pid_net(5).
"""

import sys
from collections.abc import Iterator
from socket import AF_INET, AF_INET6, AF_UNIX, SOCK_DGRAM, SOCK_STREAM, inet_ntop

from msgspec import Struct

MOST_SOCKETS = 65_536
LISTENING = 10
_TCP, _UDP = 6, 17
_ACCEPTS = 0x10000
_MAPPED = b"\0" * 10 + b"\xff\xff"
_TABLES = {
    "tcp": (int(AF_INET), int(SOCK_STREAM), _TCP),
    "tcp6": (int(AF_INET6), int(SOCK_STREAM), _TCP),
    "udp": (int(AF_INET), int(SOCK_DGRAM), _UDP),
    "udp6": (int(AF_INET6), int(SOCK_DGRAM), _UDP),
}
NAMES = (*_TABLES, "unix")


class SocketRow(Struct, frozen=True):
    """One socket; ``state`` is the kernel's TCP state, also of UDP (1: connected, 7: not)."""

    inode: int
    family: int
    kind: int
    protocol: int = 0
    state: int = 0
    local_address: str = ""
    local_port: int = 0
    remote_address: str = ""
    remote_port: int = 0
    path: str = ""
    uid: int = 0


def read_sockets(name: str, content: bytes) -> Iterator[SocketRow]:
    """
    Yield the sockets of one table; ``name`` is the file's.

    >>> row = b" 0: 0100007F:0016 00000000:0000 0A 0:0 00:0 0 5 0 99 1"
    >>> [(one.local_address, one.local_port, one.inode) for one in read_sockets("tcp", b"h\\n" + row)]
    [('127.0.0.1', 22, 99)]
    """
    for line in content.split(b"\n", MOST_SOCKETS + 1)[1 : MOST_SOCKETS + 1]:
        try:
            row = _unix(line) if name == "unix" else _internet(line, *_TABLES[name])
        except (ValueError, IndexError, OverflowError):
            continue
        yield row


def _internet(line: bytes, family: int, kind: int, protocol: int) -> SocketRow:
    fields = line.decode("ascii").split(None, 10)
    local_address, local_port = _end(fields[1], family)
    remote_address, remote_port = _end(fields[2], family)
    return SocketRow(
        inode=int(fields[9]),
        family=family,
        kind=kind,
        protocol=protocol,
        state=int(fields[3], 16),
        local_address=local_address,
        local_port=local_port,
        remote_address=remote_address if remote_port else "",
        remote_port=remote_port,
        uid=int(fields[7]),
    )


def _end(text: str, family: int) -> tuple[str, int]:
    """Return address and port of one end: words of 32 bits as the machine keeps them."""
    address, _, port = text.partition(":")
    raw = bytes.fromhex(address)
    if len(raw) != (4 if family == AF_INET else 16):
        raise ValueError("not an address")
    if sys.byteorder == "little":
        raw = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    if raw.startswith(_MAPPED):
        raw, family = raw[12:], AF_INET
    return inet_ntop(family, raw), int(port, 16)


def _unix(line: bytes) -> SocketRow:
    """Return a unix socket; one that accepts has the state ``LISTENING``."""
    fields = line.decode("utf-8", "replace").split(None, 7)
    flags, kind, inode = int(fields[3], 16), int(fields[4], 16), int(fields[6])
    return SocketRow(
        inode=inode,
        family=int(AF_UNIX),
        kind=kind,
        state=LISTENING if flags & _ACCEPTS else 0,
        path=fields[7] if len(fields) > 7 else "",
    )
