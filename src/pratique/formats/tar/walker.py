"""
Walk a layer's tar stream once, entry by entry, holding one piece of it at a time.

``next_entry`` skips whatever of the last file was not asked for, so an entry nobody wants costs
one header. Law: it ends, or raises ``FormatError`` (the framing is broken: nothing behind it can
be read) or ``LimitExceeded``; what is merely odd is noted and the walk goes on.
What engines make of the format stands in the package's docstring.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pratique.formats.tar import header, pax, sparse, whiteout
from pratique.formats.tar.entry import Meta, Owners, Parsed, full_entry, plain_entry
from pratique.formats.tar.stream import PieceStream
from pratique.formats.tar.whiteout import PREFIX
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import Entry, EntryKind, Oddity

_LONG_NAME, _LONG_LINK, _EXTENDED, _GLOBAL = 0x4C, 0x4B, 0x78, 0x67
_META = frozenset((_LONG_NAME, _LONG_LINK, _EXTENDED, _GLOBAL))
_SPARSE = 0x53
_APPLIED_ELSEWHERE = (b"path", b"linkpath", b"size", b"GNU.sparse.")
_OVERLAY_ATTRIBUTES = ("trusted.overlay.", "user.overlay.")
_MOST_NOTES = 100
BEHIND_END = "there is data behind the end of the archive, which engines ignore"
"""The reason of the oddity of a layer that is longer than its tar archive."""
_SHOWN = 200


class TarWalker:
    """
    Read entries with ``next_entry``; of a FILE, the bytes with ``body`` or ``slices``.

    ``oddities`` collects what engines read differently or refuse, ``skipped`` the entries that
    were left out for their names; up to 100 each.
    """

    def __init__(self, pieces: Iterable[bytes], limits: Limits) -> None:
        self.limits = limits
        self.oddities: list[Oddity] = []
        self.skipped: list[Oddity] = []
        self._stream = PieceStream(pieces)
        self._meta: Meta | None = None
        self._sparse: sparse.SparseMap | None = None
        self._owners: Owners = {}
        self._entries = 0
        self._names = 0

    def next_entry(self) -> Entry | None:
        """
        Return the next entry, or None at the end of the archive.

        Raises:
            FormatError: the stream cannot be read on from here.
            LimitExceeded: more entries, names or header bytes than the limits allow.
        """
        stream = self._stream
        while True:
            if stream.left or stream.padding:
                stream.end_body()
            self._sparse = None
            block = self._header()
            if not block:
                return None
            if self._meta is None and (plain := plain_entry(block, self._owners)) is not None:
                stream.begin_body(plain.size_bytes)
                self._count(plain)
                return plain
            if block[156] in _META:
                self._meta_header(block)
            elif (entry := self._close_look(block)) is not None:
                self._count(entry)
                return entry

    @property
    def is_sparse(self) -> bool:
        """Whether the current file has holes, so that ``slices`` is not its content."""
        return self._sparse is not None

    def head(self, size: int) -> bytes:
        """Return up to ``size`` stored bytes of the current file without taking them."""
        return self._stream.head(size)

    def slices(self) -> Iterator[memoryview]:
        """
        Yield the stored bytes of the current file.

        Raises:
            FormatError: the stream ends inside the file.
        """
        return self._stream.slices()

    def body(self) -> bytes | bytearray:
        """
        Return the whole current file, holes laid out; the caller has looked at its size.

        Raises:
            FormatError: the stream ends inside it, or its sparse map does not fit.
        """
        if self._sparse is None and self._stream.at_hand:
            return self._stream.whole()
        stored = bytearray()
        for part in self._stream.slices():
            stored += part  # unlike a join, this lets go of each piece of the stream
            if self._sparse is not None and len(stored) > self._sparse.real_size:
                raise FormatError("a sparse file stores more bytes than it has")
        return stored if self._sparse is None else self._sparse.lay_out(stored)

    def drain(self) -> None:
        """
        Take what stands behind the end of the archive, so that who hashes the stream sees it.

        Raises:
            FormatError: the stream under the archive is damaged or cut short.
        """
        if self._stream.drain():
            self._odd("", BEHIND_END)

    def _header(self) -> bytes:
        """Return the next header block whose checksum holds; empty at the end of the archive."""
        block = self._stream.block()
        if block and not block[0] and block == header.ZEROS:
            if self._stream.block() not in (b"", header.ZEROS):
                raise FormatError("a lone zero block in the archive", offset=self._stream.offset)
            return b""
        if block and not header.checksum_holds(block):
            raise FormatError("a tar header has a wrong checksum", offset=self._stream.offset)
        return block

    def _meta_header(self, block: bytes) -> None:
        """Take an extended header; it speaks of the next entry, or (global) of none."""
        size = header.number(block[124:136])
        if not 0 <= size <= self.limits.header_bytes:
            raise LimitExceeded(f"an extended header of {size} bytes", offset=self._stream.offset)
        self._stream.begin_body(size)
        body = b"".join(self._stream.slices())
        kind = block[156]
        if kind == _GLOBAL:
            self._meta = None
            self._look_at_global(block, pax.records(body))
            return
        meta = self._meta = self._meta or Meta()
        if kind == _EXTENDED:
            meta.records = pax.records(body)
        elif kind == _LONG_NAME:
            meta.name = header.string(body)
        else:
            meta.link = header.string(body)

    def _look_at_global(self, block: bytes, records: pax.Records) -> None:
        if any(key.startswith(_APPLIED_ELSEWHERE) for key in records):
            self._odd("", "a global PAX header renames or resizes entries; engines ignore that")
        if header.string(block[:100]).rpartition(b"/")[2].startswith(PREFIX.encode()):
            self._odd("", whiteout.GLOBAL)

    def _close_look(self, block: bytes) -> Entry | None:
        """Return the entry behind a block that is not plain; None when there is nothing to it."""
        meta, self._meta = self._meta or Meta(), None
        parsed = full_entry(block, meta, self._owners, self._odd)
        self._stream.begin_body(parsed.stored_bytes)
        entry = parsed.entry
        if parsed.version or block[156] == _SPARSE:
            entry = self._with_holes(parsed, block, meta.records)
        if parsed.climbs:
            self._odd(
                entry.path, "the name climbs out of the root: some engines clamp, some refuse"
            )
        if any(name.startswith(_OVERLAY_ATTRIBUTES) for name in entry.xattrs):
            self._odd(entry.path, whiteout.ATTRIBUTES)
        if not self._is_sound(entry):
            return None
        if parsed.hides:
            self._odd(entry.path, whiteout.DEVICE)
            return Entry(entry.path, EntryKind.WHITEOUT)
        if entry.path.rpartition("/")[2].startswith(PREFIX):
            return self._whiteout(entry)
        return entry

    def _with_holes(self, parsed: Parsed, block: bytes, records: pax.Records) -> Entry:
        entry, stream, most = parsed.entry, self._stream, self.limits.header_bytes
        if entry.kind is not EntryKind.FILE:
            raise FormatError("a sparse entry that is no file", offset=stream.offset)
        size = sparse.real_size(records, entry.size_bytes)
        if parsed.version == "1":
            found = sparse.in_data(stream.body_block, size, most)
        elif parsed.version:
            found = sparse.from_records(records, size)
        else:
            found = sparse.old_gnu(block, stream.block, most)
        self._sparse = found
        return replace(entry, size_bytes=found.real_size)

    def _whiteout(self, entry: Entry) -> Entry | None:
        if odd := whiteout.trick(entry):
            self._odd(entry.path, odd)
        return whiteout.as_whiteout(entry.path)

    def _is_sound(self, entry: Entry) -> bool:
        """Whether the name can be used; the root itself (``./``) is silently nothing."""
        path = entry.path
        if len(path) > self.limits.path_bytes or len(entry.link) > self.limits.path_bytes:
            self._skip(path, "its name is too long")
            return False
        if path.count("/") >= self.limits.path_depth:
            self._skip(path, "it lies too deep")
            return False
        return path != ""

    def _count(self, entry: Entry) -> None:
        self._entries += 1
        self._names += len(entry.path) + len(entry.link)
        if entry.xattrs:
            self._names += sum(map(len, entry.xattrs))
        if self._entries > self.limits.entries:
            raise LimitExceeded(f"the layer has more than {self.limits.entries} entries")
        if self._names > self.limits.names_bytes:
            raise LimitExceeded(
                f"the layer has more than {self.limits.names_bytes} bytes of names and attributes"
            )

    def _odd(self, path: str, reason: str) -> None:
        if len(self.oddities) < _MOST_NOTES:
            self.oddities.append(Oddity(path[:_SHOWN], reason))

    def _skip(self, path: str, reason: str) -> None:
        if len(self.skipped) < _MOST_NOTES:
            self.skipped.append(Oddity(path[:_SHOWN], reason))
