"""
Turn a header block and the extended headers before it into an ``Entry``.

``plain_entry`` knows the one shape that nearly all entries have and costs a few microseconds;
whatever is not exactly of that shape goes through ``full_entry``, which knows everything. Law: on
a block of the plain shape the two agree.
"""

from collections.abc import Callable
from struct import Struct

import msgspec

from pratique.formats.tar import header, pax, sparse
from pratique.formats.tar.path import clean
from pratique.model.errors import FormatError
from pratique.model.layer import Entry, EntryKind
from pratique.model.paths import decode_path

_KINDS = {
    0x00: EntryKind.FILE,
    0x30: EntryKind.FILE,
    0x31: EntryKind.HARDLINK,
    0x32: EntryKind.SYMLINK,
    0x33: EntryKind.CHARACTER_DEVICE,
    0x34: EntryKind.BLOCK_DEVICE,
    0x35: EntryKind.DIRECTORY,
    0x36: EntryKind.FIFO,
    0x53: EntryKind.FILE,
}
_DEVICES = (EntryKind.CHARACTER_DEVICE, EntryKind.BLOCK_DEVICE)
_FILE, _SYMLINK, _DIRECTORY = 0x30, 0x32, 0x35
_PLAIN = {
    _FILE: EntryKind.FILE,
    _SYMLINK: EntryKind.SYMLINK,
    _DIRECTORY: EntryKind.DIRECTORY,
}
_OLD_FILE = 0x00
_FIELDS = Struct("100s24s11sB11sB8xB100s6s").unpack_from
"""Name; mode, uid and gid; size and its end; mtime and its end; type; link; magic."""
_ENDS = (0x00, 0x20)
_MODE = 0o7777

Owners = dict[bytes, tuple[int, int, int]]
"""Mode, uid and gid by the 24 bytes that say them: layers repeat a few of these endlessly."""

OWNERS_CACHED = 4096

Note = Callable[[str, str], None]
"""Take (path, reason) of something that engines read differently or refuse."""


class Meta(msgspec.Struct):
    """What extended headers said of the entry to come: PAX records, GNU long name and link."""

    records: pax.Records = {}
    name: bytes = b""
    link: bytes = b""


class Parsed(msgspec.Struct, frozen=True):
    """
    An entry before whiteouts are told apart.

    ``stored_bytes`` follow it in the stream; ``climbs`` says that its name left the root;
    ``hides`` that it is character device 0:0, overlayfs's own whiteout.
    """

    entry: Entry
    stored_bytes: int
    climbs: bool
    hides: bool
    version: str
    """PAX sparse version, ``"0"`` or ``"1"``, or empty."""


def plain_entry(block: bytes, owners: Owners) -> Entry | None:
    """
    Return the entry of a ustar or GNU file, directory or symlink with a plain name, or None.

    None means "look closely", never "nothing there". Only owners seen before are known.
    """
    name, owner, size, size_end, mtime, mtime_end, typeflag, link, magic = _FIELDS(block)
    known, kind = owners.get(owner), _PLAIN.get(typeflag)
    if (
        known is None
        or kind is None
        or size_end not in _ENDS
        or mtime_end not in _ENDS
        or block[345]
        or not (size.isdigit() and mtime.isdigit())
        or (magic != b"ustar\0" and (magic != b"ustar " or block[357]))
    ):
        return None
    try:
        path = name.rstrip(b"\0").decode("ascii").removeprefix("./").removesuffix("/")
        target = link.rstrip(b"\0").decode("ascii") if kind is EntryKind.SYMLINK else ""
        size_bytes = int(size, 8) if kind is EntryKind.FILE else 0
        mtime_s = int(mtime, 8)
    except ValueError:
        return None
    if (
        "/." in path
        or "//" in path
        or not path
        or path[0] in "./"
        or path[-1] == "/"
        or "\0" in path
        or "\0" in target
    ):
        return None
    mode, uid, gid = known
    return Entry(path, kind, mode, uid, gid, size_bytes, mtime_s, target)


def full_entry(block: bytes, meta: Meta, owners: Owners, note: Note) -> Parsed:
    """
    Return the entry of any header block.

    Raises:
        FormatError: its size cannot be told, so nothing behind it can be read.
    """
    records = meta.records
    version = sparse.pax_version(records)
    name = _name(block, meta, version)
    path, climbs = clean(name)
    typeflag = block[156]
    kind = _KINDS.get(typeflag, EntryKind.OTHER)
    if typeflag == _OLD_FILE and name.endswith(b"/"):
        kind = EntryKind.DIRECTORY
    stored = _stored_size(block, records, kind)
    mode, uid, gid = _owner(block, records, owners, lambda reason: note(path, reason))
    entry = Entry(
        path,
        kind,
        mode,
        uid,
        gid,
        stored if kind is EntryKind.FILE else 0,
        _mtime(block, records, lambda reason: note(path, reason)),
        _link(block, meta, kind),
        "",
        pax.xattrs(records) if records else (),
    )
    if kind is EntryKind.OTHER:
        note(path, f"entry of type {typeflag:#04x}, which engines refuse")
    hides = kind is EntryKind.CHARACTER_DEVICE and entry.link == "0:0"
    return Parsed(entry, stored, climbs, hides, version)


def _name(block: bytes, meta: Meta, version: str) -> bytes:
    if version and (sparse_name := meta.records.get(b"GNU.sparse.name")):
        return sparse_name
    name = meta.name or meta.records.get(b"path", b"")
    if name:
        return name
    name = header.string(block[:100])
    before = header.prefix(block)
    return before + b"/" + name if before else name


def _link(block: bytes, meta: Meta, kind: EntryKind) -> str:
    """Return the target as written of a symlink, normalised of a hardlink; a device's numbers."""
    if kind in _DEVICES:
        return _numbers(block)
    if kind not in (EntryKind.SYMLINK, EntryKind.HARDLINK):
        return ""
    link = meta.link or meta.records.get(b"linkpath", b"") or header.string(block[157:257])
    return decode_path(link) if kind is EntryKind.SYMLINK else clean(link)[0]


def _stored_size(block: bytes, records: pax.Records, kind: EntryKind) -> int:
    value = records.get(b"size")
    size = pax.integer(value) if value is not None else header.number(block[124:136])
    if kind not in (EntryKind.FILE, EntryKind.OTHER):
        return 0
    if size < 0:
        raise FormatError("an entry has a negative size")
    return size


def _owner(
    block: bytes, records: pax.Records, owners: Owners, odd: Callable[[str], None]
) -> tuple[int, int, int]:
    try:
        mode = header.number(block[100:108]) & _MODE
        uid, gid = header.number(block[108:116]), header.number(block[116:124])
        if len(owners) < OWNERS_CACHED:
            owners[block[100:124]] = mode, uid, gid
        if b"uid" in records:
            uid = pax.integer(records[b"uid"])
        if b"gid" in records:
            gid = pax.integer(records[b"gid"])
    except FormatError as error:
        odd(f"{error}; engines refuse it")
        return 0, 0, 0
    return mode, uid, gid


def _mtime(block: bytes, records: pax.Records, odd: Callable[[str], None]) -> int:
    try:
        if b"mtime" in records:
            return pax.seconds(records[b"mtime"])
        return header.number(block[136:148])
    except FormatError as error:
        odd(f"{error}; engines refuse it")
        return 0


def _numbers(block: bytes) -> str:
    """Return ``major:minor`` of a device; empty where they cannot be told."""
    try:
        return f"{header.number(block[329:337])}:{header.number(block[337:345])}"
    except FormatError:
        return ""
