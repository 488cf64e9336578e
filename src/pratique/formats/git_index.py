"""
Read the names of the files that a git index holds: what version control keeps.

Versions 2, 3 and 4 with SHA-1 names. Bounds: ``MOST_BYTES`` of file, ``MOST_NAMES`` names.
Source: https://git-scm.com/docs/index-format
"""

import struct

from pratique.model.errors import FormatError, LimitExceeded

MOST_BYTES = 64 << 20
MOST_NAMES = 500_000
_HEAD = struct.Struct(">4sII")
_FIXED = 62
_EXTENDED = 0x4000


def read_index_names(content: bytes) -> frozenset[str]:
    """
    Return the paths in an index, relative to the top of the work tree.

    Raises:
        FormatError: no index, damaged, or of a version that is not read.
        LimitExceeded: too large.
    """
    if len(content) > MOST_BYTES:
        raise LimitExceeded(f"a git index of more than {MOST_BYTES} bytes")
    if len(content) < _HEAD.size:
        raise FormatError("no git index")
    magic, version, count = _HEAD.unpack_from(content)
    if magic != b"DIRC" or version not in (2, 3, 4):
        raise FormatError("no git index of version 2, 3 or 4")
    if count > MOST_NAMES:
        raise LimitExceeded(f"a git index of more than {MOST_NAMES} names")
    names: list[bytes] = []
    at, before = _HEAD.size, b""
    for _ in range(count):
        before, at = _entry(content, at, version, before)
        names.append(before)
    return frozenset(name.decode("utf-8", "surrogateescape") for name in names)


def _entry(content: bytes, start: int, version: int, before: bytes) -> tuple[bytes, int]:
    """Return the name of the entry that begins at an offset, and where the next begins."""
    at = start + _FIXED
    if at > len(content):
        raise FormatError("a git index that ends early", offset=len(content))
    flags = int.from_bytes(content[at - 2 : at], "big")
    at += 2 if version > 2 and flags & _EXTENDED else 0
    kept = b""
    if version == 4:
        dropped, at = _number(content, at)
        if dropped > len(before):
            raise FormatError("a git index whose names do not fit", offset=at)
        kept = before[: len(before) - dropped]
    end = content.find(b"\0", at, at + 4097)
    if end < 0:
        raise FormatError("a git index with a name without end", offset=at)
    after = end + 1 if version == 4 else start + (end - start + 8) // 8 * 8
    return kept + content[at:end], after


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Return a number in git's variable width encoding, and the offset after it."""
    value = 0
    for place, byte in enumerate(content[at : at + 5], 1):
        value = (value << 7) | (byte & 0x7F)
        if not byte & 0x80:
            return value, at + place
        value += 1
    raise FormatError("a git index with a number without end", offset=at)
