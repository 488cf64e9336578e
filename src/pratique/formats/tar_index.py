"""
Index a plain tar file by reading its headers only, so that members can be read in place.

Serves the outer tar of an image archive, which holds a few blobs and documents. Law: names are
normalised (``./``, ``//``, leading ``/``); a name with ``..`` is no member; links are resolved
inside the index, at most ``Limits.symlink_hops`` of them; nothing is joined to a path of the host.
A member whose body would pass the end of the file is cut there, so no size is believed.
Source: POSIX.1-2017 pax (ustar, extended headers), GNU tar manual ("Basic Tar Format").
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded

ReadAt = Callable[[int, int], bytes]
"""Return up to ``size`` bytes from ``offset``: ``(size, offset)``, as ``os.pread`` has it."""

BLOCK = 512
_REGULAR = b"\x0007"
_GNU_NAME, _GNU_LINK = ord("L"), ord("K")
_PAX, _PAX_GLOBAL = ord("x"), ord("g")
_HARDLINK, _SYMLINK = ord("1"), ord("2")


class Member(Struct, frozen=True, kw_only=True):
    """Where a member's bytes lie, or (``link``) which member it stands for."""

    offset: int
    size_bytes: int
    link: str = ""
    sparse: bool = False


class TarIndex(Struct, frozen=True, kw_only=True):
    """
    The regular members and links of a tar file by normalised name.

    ``repeated`` are names that stand more than once; the last one counts, as for an unpacker.
    """

    members: dict[str, Member]
    repeated: frozenset[str]
    hops: int = 40

    def find(self, name: str) -> Member | None:
        """Return the member that holds the bytes of ``name``, links followed; None if absent."""
        place = normal_name(name)
        for _ in range(self.hops):
            member = self.members.get(place or "")
            if member is None or not member.link:
                return None if member is None or member.sparse else member
            place = member.link
        return None


def looks_like_tar(head: bytes) -> bool:
    """Return whether the first block (512 bytes) is a tar header with a right checksum."""
    return len(head) >= BLOCK and any(head[:BLOCK]) and _checksum_is_right(head[:BLOCK])


def index_tar(read_at: ReadAt, size_bytes: int, limits: Limits) -> TarIndex:
    """
    Return the index of a tar file of ``size_bytes``.

    Raises:
        FormatError: a header is damaged.
        LimitExceeded: too many entries, or names too long.
    """
    members: dict[str, Member] = {}
    repeated = set()
    for name, member in _entries(read_at, size_bytes, limits):
        if name in members:
            repeated.add(name)
        members[name] = member
    return TarIndex(members=members, repeated=frozenset(repeated), hops=limits.symlink_hops)


def normal_name(name: str) -> str | None:
    """
    Return a member name without ``.``, empty parts and leading ``/``; None with ``..``.

    >>> normal_name("./blobs//sha256/ab"), normal_name("../etc/passwd")
    ('blobs/sha256/ab', None)
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return None if ".." in parts or not parts else "/".join(parts)


def _entries(read_at: ReadAt, size_bytes: int, limits: Limits) -> Iterator[tuple[str, Member]]:
    """Yield the named members; extended headers are applied to the member after them."""
    offset, seen, empty, extra = 0, 0, 0, _Extra()
    while offset + BLOCK <= size_bytes and empty < 2:
        header = read_at(BLOCK, offset)
        offset += BLOCK
        if not any(header):
            empty += 1
            continue
        empty = 0
        seen += 1
        if seen > limits.entries:
            raise LimitExceeded(f"more than {limits.entries} entries in the archive")
        if len(header) < BLOCK or not _checksum_is_right(header):
            raise FormatError("a damaged tar header", offset=offset - BLOCK)
        kind = header[156]
        body = _number(header[124:136], offset)
        if kind in (_PAX, _GNU_NAME, _GNU_LINK):
            extra = _extended(kind, _text(read_at, offset, body, limits), extra)
        elif kind != _PAX_GLOBAL:
            if extra.size is not None and kind not in (_HARDLINK, _SYMLINK):
                body = extra.size
            yield from _named(header, offset, min(body, size_bytes - offset), extra)
            extra = _Extra()
        offset += -(-body // BLOCK) * BLOCK


class _Extra(Struct):
    """What extended headers say of the next member."""

    name: bytes | None = None
    link: bytes | None = None
    size: int | None = None
    sparse: bool = False


def _named(header: bytes, offset: int, body: int, extra: _Extra) -> Iterator[tuple[str, Member]]:
    kind = header[156]
    name = normal_name(_decoded(_whole_name(header) if extra.name is None else extra.name))
    if name is None:
        return
    if kind in _REGULAR:
        yield name, Member(offset=offset, size_bytes=body, sparse=extra.sparse)
    elif kind == ord("S"):
        yield name, Member(offset=offset, size_bytes=body, sparse=True)
    elif kind in (_HARDLINK, _SYMLINK):
        target = _decoded(_cut(header[157:257]) if extra.link is None else extra.link)
        place = target if kind == _HARDLINK else _beside(name, target)
        yield name, Member(offset=offset, size_bytes=0, link=normal_name(place) or "/")


def _beside(name: str, target: str) -> str:
    """Return where a symlink points, ``..`` resolved inside the archive (``/`` is its top)."""
    parts = [] if target.startswith("/") else name.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _extended(kind: int, text: bytes, extra: _Extra) -> _Extra:
    if kind == _GNU_NAME:
        extra.name = _cut(text)
    elif kind == _GNU_LINK:
        extra.link = _cut(text)
    else:
        for key, value in _records(text):
            _apply(key, value, extra)
    return extra


def _apply(key: bytes, value: bytes, extra: _Extra) -> None:
    if key in (b"path", b"GNU.sparse.name"):
        extra.name = value
    elif key == b"linkpath":
        extra.link = value
    elif key == b"size":
        if not value.isdigit() or len(value) > 19:
            raise FormatError("a size that is no number in an extended tar header")
        extra.size = int(value)
    extra.sparse = extra.sparse or key.startswith(b"GNU.sparse.")


def _records(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the ``length key=value`` records of an extended header."""
    at = 0
    while at < len(text) and text[at]:
        length, space, _ = text[at : at + 20].partition(b" ")
        if not space or not length.isdigit() or not len(length) < int(length) <= len(text) - at:
            raise FormatError("a damaged extended tar header")
        record = text[at + len(length) + 1 : at + int(length) - 1]
        key, _, value = record.partition(b"=")
        yield key, value
        at += int(length)


def _text(read_at: ReadAt, offset: int, size_bytes: int, limits: Limits) -> bytes:
    if size_bytes > limits.header_bytes:
        raise LimitExceeded(f"an extended tar header of {size_bytes} bytes")
    return read_at(size_bytes, offset)


def _whole_name(header: bytes) -> bytes:
    name = _cut(header[:100])
    prefix = _cut(header[345:500]) if header[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _number(field: bytes, offset: int) -> int:
    """Return an octal or (GNU, top bit set) base-256 number."""
    if field[0] & 0x80:
        if field[0] & 0x40:
            raise FormatError("a negative size in a tar header", offset=offset - BLOCK)
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.strip(b" \0")
    if not digits:
        return 0
    if not all(48 <= digit <= 55 for digit in digits):
        raise FormatError("a size that is no number in a tar header", offset=offset - BLOCK)
    return int(digits, 8)


def _checksum_is_right(header: bytes) -> bool:
    digits = header[148:156].strip(b" \0")
    if not digits or not all(48 <= digit <= 55 for digit in digits):
        return False
    return int(digits, 8) == sum(header[:148]) + 8 * 32 + sum(header[156:])


def _cut(text: bytes) -> bytes:
    return text.partition(b"\0")[0]


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
