"""
Read a DNS message: its first question, and the addresses and names of the answers.

Law: at most ``MOST_ANSWERS`` answers and ``MOST_POINTERS`` jumps of compressed names are followed,
and a jump only goes backwards; a name is at most 255 bytes. Labels are shown as they are, with a
dot or a control character in one escaped as in zone files (``\\DDD``), so that two different names
never look the same. A message cut off in its answers gives those that are whole.

Source: RFC 1035 §4.1 (messages, compression), §5.1 (escapes), RFC 3596 (AAAA).
"""

import struct
from socket import AF_INET6, inet_ntop

from msgspec import Struct

from pratique.model.errors import FormatError

MOST_ANSWERS = 64
MOST_POINTERS = 16
_NAME_BYTES = 255
_HEAD = struct.Struct(">HHHHHH")
_RECORD = struct.Struct(">HHIH")
_A, _CNAME, _AAAA = 1, 5, 28
_PLAIN = frozenset(range(0x21, 0x7F)) - frozenset(b'."\\();@$')


class Message(Struct, frozen=True, gc=False):
    """
    One message; ``kind`` is the type asked for (1 A, 28 AAAA…), ``code`` the RCODE.

    ``ttl_s`` is how long all the answers may be kept: the least of them says, 0 where there are none.
    """

    name: str
    kind: int
    response: bool
    code: int
    answers: tuple[str, ...] = ()
    ttl_s: int = 0


def read_message(content: bytes) -> Message:
    """
    Return what a message asks and answers.

    Raises:
        FormatError: it is no DNS message with exactly one question.

    >>> asked = b"\\0\\1\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\7example\\3org\\0\\0\\1\\0\\1"
    >>> read_message(asked)
    Message(name='example.org', kind=1, response=False, code=0, answers=(), ttl_s=0)
    """
    if len(content) < _HEAD.size:
        raise FormatError("a DNS message is shorter than its head")
    _, flags, questions, answers, _, _ = _HEAD.unpack_from(content)
    if questions != 1:
        raise FormatError(f"a DNS message with {questions} questions")
    name, at = _name(content, _HEAD.size)
    if at + 4 > len(content):
        raise FormatError("a DNS message ends in its question")
    kind = int.from_bytes(content[at : at + 2], "big")
    found, ttl = _answers(content, at + 4, min(answers, MOST_ANSWERS))
    return Message(name, kind, bool(flags & 0x8000), flags & 15, found, ttl)


def _answers(content: bytes, at: int, count: int) -> tuple[tuple[str, ...], int]:
    """Return the answers and for how many seconds they hold; RFC 2181 §8: 31 bits, else 0."""
    found, ttls = [], []
    for _ in range(count):
        try:
            _, at = _name(content, at)
            kind, _, ttl, size = _RECORD.unpack_from(content, at)
            at += _RECORD.size
            if at + size > len(content):
                break
            text = _answer(content, at, kind, size)
        except (FormatError, struct.error):
            break
        if text:
            found.append(text)
            ttls.append(ttl if ttl < 1 << 31 else 0)
        at += size
    return tuple(found), min(ttls, default=0)


def _answer(content: bytes, at: int, kind: int, size: int) -> str:
    if kind == _A and size == 4:
        return ".".join(map(str, content[at : at + 4]))
    if kind == _AAAA and size == 16:
        return inet_ntop(AF_INET6, content[at : at + 16])
    return _name(content, at)[0] if kind == _CNAME else ""


def _name(content: bytes, at: int) -> tuple[str, int]:
    """Return a name and where the message goes on behind it."""
    labels: list[str] = []
    after, length, jumps = -1, 0, 0
    while True:
        if at >= len(content):
            raise FormatError("a DNS name goes past the end")
        size = content[at]
        if size & 0xC0 == 0xC0:
            target = int.from_bytes(content[at : at + 2], "big") & 0x3FFF
            after = at + 2 if after < 0 else after
            jumps += 1
            if target >= at or jumps > MOST_POINTERS:
                raise FormatError("a DNS name points forwards or in circles")
            at = target
            continue
        if size & 0xC0:
            raise FormatError("a DNS label of an unknown kind")
        at += 1
        if not size:
            return ".".join(labels), after if after >= 0 else at
        length += size + 1
        if length > _NAME_BYTES or at + size > len(content):
            raise FormatError("a DNS name is too long")
        labels.append(_label(content[at : at + size]))
        at += size


def _label(label: bytes) -> str:
    if all(byte in _PLAIN for byte in label):
        return label.decode("ascii").lower()
    return "".join(chr(byte).lower() if byte in _PLAIN else f"\\{byte:03d}" for byte in label)
