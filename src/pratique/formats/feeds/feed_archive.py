"""
Walk the regular files of a feed's tar archive, one in memory at a time.

For archives of publishers (Ubuntu CVE Tracker, Red Hat VEX, CVE list), not for image layers: only
plain files matter, names are compared and never used as paths of this host. An archive without its
end mark is cut short and refused; a header whose checksum is wrong is damage.

Source: POSIX.1-2017 pax ("pax Interchange Format", ustar), GNU tar manual "Basic Tar Format".
"""

from collections.abc import Callable, Iterator
from typing import IO

from pratique.model.errors import FormatError, LimitExceeded

_BLOCK = 512
_SKIP_BYTES = 1 << 20
_EXTENSION_BYTES = 1 << 20
_REGULAR = (b"0", b"\0", b"7")
_ZEROS = bytes(_BLOCK)


def archive_files(
    stream: IO[bytes], wanted: Callable[[str], bool], max_bytes: int
) -> Iterator[tuple[str, bytes]]:
    """
    Yield name and content of each regular file whose name is ``wanted``.

    Raises:
        FormatError: the archive is damaged or cut short.
        LimitExceeded: one wanted file is larger than ``max_bytes``.
    """
    name, size = "", -1  # what an extended header says of the next entry
    while (header := _exactly(stream, _BLOCK)) != _ZEROS:
        kind, length = _kind_and_length(header)
        if kind == b"x":
            name, size = _pax(_padded(stream, length, _EXTENSION_BYTES), name, size)
            continue
        if kind == b"L":
            name = _text(_padded(stream, length, _EXTENSION_BYTES))
            continue
        length = length if size < 0 else size
        path, name, size = name or _path(header), "", -1
        if kind in _REGULAR and wanted(path):
            yield path, _padded(stream, length, max_bytes)
        else:
            _skip(stream, length)
    while stream.read(_SKIP_BYTES):
        pass  # what packs the archive checks its sum at the very end


def _kind_and_length(header: bytes) -> tuple[bytes, int]:
    """Return the entry's type flag and size once the checksum has been found right."""
    total = sum(header) - sum(header[148:156]) + 8 * ord(" ")
    if _octal(header[148:156]) != total:
        raise FormatError("the archive is damaged: a tar header has a wrong checksum")
    kind = header[156:157]
    length = _octal(header[124:136]) if kind in (*_REGULAR, b"x", b"g", b"L", b"K") else 0
    return kind, length


def _octal(field: bytes) -> int:
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b"\0 ") or b"0"
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        raise FormatError("the archive is damaged: a tar number is none")
    return int(digits, 8)


def _path(header: bytes) -> str:
    name, prefix = _text(header[:100]), _text(header[345:500])
    return f"{prefix}/{name}" if prefix and header[257:262] == b"ustar" else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode(errors="replace")


def _pax(content: bytes, name: str, size: int) -> tuple[str, int]:
    """Return path and size from records of the form ``length key=value``."""
    position = 0
    while position < len(content):
        digits, _, _ = content[position : position + 20].partition(b" ")
        if not digits.isdigit() or int(digits) <= len(digits):
            raise FormatError("the archive is damaged: a pax record has no length")
        record = content[position + len(digits) + 1 : position + int(digits) - 1]
        key, _, value = record.partition(b"=")
        if key == b"path":
            name = value.decode(errors="replace")
        elif key == b"size" and value.isdigit():
            size = int(value[:20])
        position += int(digits)
    return name, size


def _padded(stream: IO[bytes], length: int, max_bytes: int) -> bytes:
    if length > max_bytes:
        raise LimitExceeded(f"one file of the archive is larger than {max_bytes} bytes")
    content = _exactly(stream, length)
    _exactly(stream, -length % _BLOCK)
    return content


def _skip(stream: IO[bytes], length: int) -> None:
    left = length + -length % _BLOCK
    while left > 0:
        left -= len(_exactly(stream, min(left, _SKIP_BYTES)))


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) != length:
        raise FormatError("the archive is cut short")
    return content
