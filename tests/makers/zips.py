"""
Make zip archives byte by byte, honest and lying.

``Part`` is one member with every figure that a header states open to a lie; ``zip_of`` writes them.
The standard library's ``zipfile`` is the other way, for archives that should be beyond doubt.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from msgspec import Struct


class Part(Struct, frozen=True, kw_only=True):
    """
    One member. What is None is stated as it is.

    ``at`` makes the directory point to another place of the file than the member's own.
    """

    name: bytes
    content: bytes = b""
    deflated: bool = True
    local_name: bytes | None = None
    size: int | None = None
    crc: int | None = None
    method: int | None = None
    flags: int = 0
    at: int | None = None


def jar_of(members: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """Return an honest archive, as ``jar`` would write it."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 2, 2, 2, 2, 2)), content, method)
    return buffer.getvalue()


def zip_of(
    parts: Sequence[Part],
    *,
    before: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    wide: bool = False,
) -> bytes:
    """Return an archive of ``parts``; ``wide`` writes all figures in 64 bits (zip64)."""
    body, directory = bytearray(), bytearray()
    for part in parts:
        packed = deflate(part.content) if part.deflated else part.content
        method = part.method if part.method is not None else 8 * part.deflated
        crc = zlib.crc32(part.content) if part.crc is None else part.crc
        size = len(part.content) if part.size is None else part.size
        offset = len(body) if part.at is None else part.at
        local = part.name if part.local_name is None else part.local_name
        body += struct.pack(
            "<4s5H3L2H",
            b"PK\3\4",
            20,
            part.flags,
            method,
            0,
            0,
            crc,
            len(packed),
            size,
            len(local),
            0,
        )
        body += local + packed
        extra, figures = b"", (len(packed), size, offset)
        if wide:
            extra = struct.pack("<HHQQQ", 1, 24, size, len(packed), offset)
            figures = (0xFFFFFFFF,) * 3
        directory += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\1\2", 20, 20, part.flags, method, 0, 0, crc, *figures[:2]),
            *(len(part.name), len(extra), 0, 0, 0, 0, figures[2]),
        )
        directory += part.name + extra
    return (
        before
        + bytes(body + directory)
        + _end(parts, body, directory, (count, wide))
        + comment_of(comment)
    )


def _end(
    parts: Sequence[Part], body: bytearray, directory: bytearray, how: tuple[int | None, bool]
) -> bytes:
    count = len(parts) if how[0] is None else how[0]
    if not how[1]:
        return struct.pack(
            "<4s4H2L", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body)
        )
    place = len(body) + len(directory)
    record = struct.pack(
        "<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), len(body)
    )
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
    narrow = struct.pack("<4s4H2L", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return record + locator + narrow


def comment_of(comment: bytes) -> bytes:
    """Return the last field of an end record."""
    return struct.pack("<H", len(comment)) + comment


def deflate(content: bytes) -> bytes:
    """Return ``content`` as a raw deflate stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()
