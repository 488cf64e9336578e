"""
Index a plain tar file by reading its headers only, so that members can be read in place.

Serves the outer tar of an image archive, which holds a few blobs and documents. Law: headers are
read as in ``formats.tar`` (as Go's archive/tar does, which engines unpack with); names are
normalised (``./``, ``//``, leading ``/``); a name with ``..`` is no member; links are resolved
inside the index, at most ``Limits.symlink_hops`` of them; nothing is joined to a path of the host.
A member whose body would pass the end of the file is cut there, so no size is believed.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from pratique.formats.tar import pax
from pratique.formats.tar.header import BLOCK, checksum_holds, number, prefix, string
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded

ReadAt = Callable[[int, int], bytes]
"""Return up to ``size`` bytes from ``offset``: ``(size, offset)``, as ``os.pread`` has it."""

_FILES = b"\x0007"
_GNU_NAME, _GNU_LINK, _GNU_SPARSE = b"LKS"
_PAX, _PAX_GLOBAL = b"xg"
_HARDLINK, _SYMLINK = b"12"
_NO_BODY = b"123456"
_SPARSE_KEY = b"GNU.sparse."


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
    return len(head) >= BLOCK and any(head[:BLOCK]) and checksum_holds(head[:BLOCK])


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


class _Extra(Struct):
    """What extended headers say of the next member."""

    name: bytes = b""
    link: bytes = b""
    records: pax.Records = {}


def _entries(read_at: ReadAt, size_bytes: int, limits: Limits) -> Iterator[tuple[str, Member]]:
    """Yield the named members; extended headers are applied to the member after them."""
    offset, extra = 0, _Extra()
    for seen in range(limits.entries + 1):
        header = read_at(BLOCK, offset)
        if len(header) < BLOCK or not any(header):
            return
        if seen == limits.entries:
            raise LimitExceeded(f"more than {limits.entries} entries in the archive")
        if not checksum_holds(header):
            raise FormatError("a damaged tar header", offset=offset)
        offset += BLOCK
        kind = header[156]
        body = _body_size(header, kind, extra.records, offset)
        if kind in (_PAX, _GNU_NAME, _GNU_LINK):
            _extend(extra, kind, _text(read_at, offset, body, limits))
        elif kind != _PAX_GLOBAL:
            yield from _named(header, offset, min(body, size_bytes - offset), extra)
            extra = _Extra()
        offset += -(-body // BLOCK) * BLOCK


def _body_size(header: bytes, kind: int, records: pax.Records, offset: int) -> int:
    if kind in _NO_BODY:
        return 0
    is_member = kind not in (_PAX, _PAX_GLOBAL, _GNU_NAME, _GNU_LINK)
    said = records.get(b"size") if is_member else None
    size = pax.integer(said) if said else number(header[124:136])
    if size < 0:
        raise FormatError("a negative size in a tar header", offset=offset - BLOCK)
    return size


def _named(header: bytes, offset: int, body: int, extra: _Extra) -> Iterator[tuple[str, Member]]:
    kind = header[156]
    name = normal_name(_decoded(_whole_name(header, extra)))
    if name is None:
        return
    if kind in _FILES or kind == _GNU_SPARSE:
        sparse = kind == _GNU_SPARSE or any(key.startswith(_SPARSE_KEY) for key in extra.records)
        yield name, Member(offset=offset, size_bytes=body, sparse=sparse)
    elif kind in (_HARDLINK, _SYMLINK):
        raw = extra.records.get(b"linkpath") or extra.link or string(header[157:257])
        target = _decoded(raw)
        place = target if kind == _HARDLINK else _beside(name, target)
        yield name, Member(offset=offset, size_bytes=0, link=normal_name(place) or "/")


def _whole_name(header: bytes, extra: _Extra) -> bytes:
    for key in (b"GNU.sparse.name", b"path"):
        if extra.records.get(key):
            return extra.records[key]
    if extra.name:
        return extra.name
    folder, name = prefix(header), string(header[:100])
    return folder + b"/" + name if folder else name


def _beside(name: str, target: str) -> str:
    """Return where a symlink points, ``..`` resolved inside the archive (``/`` is its top)."""
    parts = [] if target.startswith("/") else name.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _extend(extra: _Extra, kind: int, text: bytes) -> None:
    if kind == _GNU_NAME:
        extra.name = string(text)
    elif kind == _GNU_LINK:
        extra.link = string(text)
    else:
        extra.records = pax.records(text)


def _text(read_at: ReadAt, offset: int, size_bytes: int, limits: Limits) -> bytes:
    if size_bytes > limits.header_bytes:
        raise LimitExceeded(f"an extended tar header of {size_bytes} bytes")
    return read_at(size_bytes, offset)


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
