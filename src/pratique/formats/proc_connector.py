"""
Read what the kernel's process connector tells: births, executions, ends, and changes of who one is.

Pure: a datagram's bytes become messages. Each message carries a number that its processor counts
without gaps, so a gap is an exact count of what was lost. A datagram that is damaged is a
``FormatError``; a kind that is not known keeps its number and nothing else. Threads have their own
``tid``; ``pid`` is the thread group, as everywhere here.
Source: the kernel's ``linux/cn_proc.h``, ``linux/connector.h`` and netlink(7); all in native order.
"""

import struct
from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from pratique.model.errors import FormatError

MOST_MESSAGES = 4096
"""No datagram holds more."""
GROUP = 1
"""The multicast group, and the connector's index: ``CN_IDX_PROC``."""
_VALUE = 1
_LISTEN, _IGNORE = 1, 2
_NETLINK = struct.Struct("=IHHII")
_CONNECTOR = struct.Struct("=IIIIHH")
_EVENT = struct.Struct("=IIQ")
_DONE = 3
_OVERRUN, _ERROR = 4, 2
_COMM_BYTES = 16


class Kind(IntEnum):
    """What happened; the values are the kernel's."""

    ANSWER = 0
    FORK = 1
    EXEC = 2
    UID = 4
    GID = 0x40
    SESSION = 0x80
    PTRACE = 0x100
    COMM = 0x200
    COREDUMP = 0x40000000
    EXIT = 0x80000000


class Message(Struct, frozen=True):
    """
    One message.

    ``time_ns`` is on the monotonic clock. ``numbers`` are, in the kernel's order: FORK the child's
    tid and pid; UID and GID the real and the effective id; PTRACE the tracer's tid and pid (0:
    detached); EXIT the code as by wait(2), and the signal for the parent; ANSWER the error.
    """

    kind: int
    processor: int
    number: int
    time_ns: int
    tid: int = 0
    pid: int = 0
    numbers: tuple[int, ...] = ()
    text: str = ""


_BODIES = {
    Kind.ANSWER: struct.Struct("=I"),
    **dict.fromkeys((Kind.FORK, Kind.UID, Kind.GID, Kind.PTRACE, Kind.EXIT), struct.Struct("=4I")),
    **dict.fromkeys((Kind.EXEC, Kind.SESSION, Kind.COREDUMP), struct.Struct("=2I")),
    Kind.COMM: struct.Struct(f"=2I{_COMM_BYTES}s"),
}


def request(*, listen: bool, port: int = 0) -> bytes:
    """
    Return the datagram that begins or ends the messages; ``port`` is the socket's own.

    >>> len(request(listen=True))
    40
    """
    body = struct.pack("=I", _LISTEN if listen else _IGNORE)
    inner = _CONNECTOR.pack(GROUP, _VALUE, 0, 0, len(body), 0) + body
    return _NETLINK.pack(_NETLINK.size + len(inner), _DONE, 0, 0, port) + inner


def read_messages(datagram: bytes) -> Iterator[Message]:
    """
    Yield the messages of one datagram.

    Raises:
        FormatError: a length that does not fit.
    """
    at = 0
    for _ in range(MOST_MESSAGES):
        if at >= len(datagram):
            return
        try:
            size, kind, *_ = _NETLINK.unpack_from(datagram, at)
        except struct.error:
            raise FormatError("a netlink message ends early") from None
        if size < _NETLINK.size or at + size > len(datagram):
            raise FormatError(f"a netlink message says it has {size} bytes")
        if kind not in (_OVERRUN, _ERROR):
            found = _message(datagram[at + _NETLINK.size : at + size])
            if found is not None:
                yield found
        at += (size + 3) & ~3
    raise FormatError("a netlink datagram holds too many messages")


def _message(content: bytes) -> Message | None:
    """Return a message of the process connector, None for one of another connector."""
    try:
        index, _, number, _, size, _ = _CONNECTOR.unpack_from(content)
        if index != GROUP:
            return None
        body = content[_CONNECTOR.size : _CONNECTOR.size + size]
        what, processor, time_ns = _EVENT.unpack_from(body)
        form = _BODIES.get(what)
        if form is None:
            return Message(what, processor, number, time_ns)
        values = form.unpack_from(body, _EVENT.size)
    except struct.error:
        raise FormatError("a message of the process connector ends early") from None
    if what == Kind.ANSWER:
        return Message(what, processor, number, time_ns, numbers=values)
    tid, pid, *rest = values
    if what == Kind.COMM:
        name = rest[0].partition(b"\0")[0].decode("utf-8", "replace")
        return Message(what, processor, number, time_ns, tid, pid, (), name)
    return Message(what, processor, number, time_ns, tid, pid, tuple(rest))
