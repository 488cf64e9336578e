"""
Read the stanzas of "deb822" control files: dpkg's status, opkg's status, their kin.

A stanza is lines ``Field: value`` up to an empty line; a line that begins with a blank continues
the field above. Field names ignore case. Lines without a colon are ignored, as dpkg's own reader
would refuse the whole file.
Bounds: linear in the input, one line in memory at a time; a field over ``FIELD_BYTES`` ends early.
Source: deb822(5); Debian Policy §5.1, https://www.debian.org/doc/debian-policy/ch-controlfields.html
"""

from collections.abc import Iterator
from io import BytesIO

FIELD_BYTES = 1 << 20
"""Bytes kept of one field; the largest real one (Depends of texlive-full) is under 64 KiB."""


def stanzas(content: bytes, wanted: frozenset[bytes]) -> Iterator[dict[bytes, str]]:
    """
    Yield the ``wanted`` fields (lower case) of each stanza that holds any line at all.

    Continuation lines follow their field's first line, joined by newlines, without their indent.

    >>> list(stanzas(b"Package: a\\nX: y\\n z\\n\\n\\nPackage: b", frozenset({b"package", b"x"})))
    [{b'package': 'a', b'x': 'y\\nz'}, {b'package': 'b'}]
    """
    found: dict[bytes, list[bytes]] = {}
    part: list[bytes] | None = None
    room = 0
    blank = True
    for line in BytesIO(content):
        first = line[:1]
        if first == b"\n":
            if not blank:
                yield _text(found)
                found, part, blank = {}, None, True
            continue
        blank = False
        if first in (b" ", b"\t"):
            if part is not None and (room := room - len(line)) > 0:
                part.append(line.strip())
            continue
        name, _, value = line.partition(b":")
        name = name.lower()
        part = None
        if name in wanted:
            found[name] = part = [value[:FIELD_BYTES].strip()]
            room = FIELD_BYTES - len(value)
    if not blank:
        yield _text(found)


def _text(fields: dict[bytes, list[bytes]]) -> dict[bytes, str]:
    return {name: b"\n".join(lines).decode(errors="replace") for name, lines in fields.items()}
