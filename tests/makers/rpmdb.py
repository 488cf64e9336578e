"""
Make rpm databases by code: header blobs, Berkeley DB hash files, NDB files, SQLite files.

Written from the format descriptions, independently of the readers; rpm itself reads the Berkeley DB
and SQLite files in tests where it is installed.
"""

import sqlite3
import struct
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

_TYPES = {"int16": (3, "H", 2), "int32": (4, "I", 4)}
TAGS = {
    "name": 1000,
    "version": 1001,
    "release": 1002,
    "epoch": 1003,
    "vendor": 1011,
    "licence": 1014,
    "arch": 1022,
    "filestates": 1029,
    "modes": 1030,
    "digests": 1035,
    "flags": 1037,
    "source_rpm": 1044,
    "provides": 1047,
    "requires": 1049,
    "dirindexes": 1116,
    "basenames": 1117,
    "dirnames": 1118,
    "digestalgo": 5011,
    "module": 5096,
}
_INT16 = frozenset({"modes"})
_BYTES = frozenset({"filestates"})
Value = "str | int | Sequence[str] | Sequence[int]"


def header(*, magic: bool = False, **tags: object) -> bytes:
    """
    Return a header blob of the given tags (names as in ``TAGS``).

    A str becomes a string, an int a number, a sequence an array of either.
    """
    entries: list[tuple[int, int, int, int]] = []
    data = bytearray()
    for name, value in sorted(tags.items(), key=lambda item: TAGS[item[0]]):
        kind, count, width, content = _encoded(name, value)
        data += bytes(-len(data) % width)
        entries.append((TAGS[name], kind, len(data), count))
        data += content
    index = b"".join(struct.pack(">4I", *entry) for entry in entries)
    start = b"\x8e\xad\xe8\x01\0\0\0\0" if magic else b""
    return start + struct.pack(">II", len(entries), len(data)) + index + bytes(data)


def package(name: str, version: str = "1.0", release: str = "1", **tags: object) -> bytes:
    """Return the header blob of a plain package; more tags as in ``header``."""
    tags.setdefault("arch", "x86_64")
    tags.setdefault("source_rpm", f"{name}-{version}-{release}.src.rpm")
    return header(name=name, version=version, release=release, **tags)


def berkeley(
    blobs: Sequence[bytes], *, page_size: int = 4096, order: str = "<", inline: bool = True
) -> bytes:
    """
    Return a Berkeley DB hash file of one bucket whose records are ``blobs``.

    Args:
        blobs: the header blobs; their keys are 1, 2, …; key 0 holds the counter, as rpm has it.
        page_size: 512 to 65536, a power of two.
        order: "<" or ">".
        inline: records that fit a quarter of a page stand inside the hash page.
    """
    return _BerkeleyWriter(page_size, order, inline).file(blobs)


class _BerkeleyWriter:
    def __init__(self, page_size: int, order: str, inline: bool) -> None:
        self.size, self.order, self.inline = page_size, order, inline
        self.pages: list[bytes] = [b"", b""]  # the meta page and the bucket's first page

    def file(self, blobs: Sequence[bytes]) -> bytes:
        pairs = [(struct.pack(self.order + "I", 0), struct.pack(self.order + "I", len(blobs)))]
        pairs += [(struct.pack(self.order + "I", n), blob) for n, blob in enumerate(blobs, 1)]
        here, items, room = 1, [], self.size - 26
        for key, data in pairs:
            item = self._item(data)
            need = len(key) + 1 + len(item) + 4
            if need > room:
                self.pages.append(b"")
                after = len(self.pages) - 1
                self.pages[here] = self._hash_page(here, after, items)
                here, items, room = after, [], self.size - 26
            items += [b"\x01" + key, item]
            room -= need
        self.pages[here] = self._hash_page(here, 0, items)
        self.pages[0] = self._meta(len(pairs))
        return b"".join(self.pages)

    def _item(self, data: bytes) -> bytes:
        if len(data) <= 8 or (self.inline and len(data) < self.size // 4):
            return b"\x01" + data
        first = len(self.pages)
        step = self.size - 26
        chunks = [data[at : at + step] for at in range(0, len(data), step)]
        for number, chunk in enumerate(chunks):
            last = number == len(chunks) - 1
            self.pages.append(
                self._overflow(first + number, 0 if last else first + number + 1, chunk)
            )
        return b"\x03\0\0\0" + struct.pack(self.order + "II", first, len(data))

    def _header(self, page: int, after: int, entries: int, offset: int, kind: int) -> bytes:
        packed = struct.pack(self.order + "IIIHHBB", page, 0, after, entries, offset, 0, kind)
        return bytes(8) + packed

    def _overflow(self, page: int, after: int, chunk: bytes) -> bytes:
        return (self._header(page, after, 1, len(chunk), 7) + chunk).ljust(self.size, b"\0")

    def _hash_page(self, page: int, after: int, items: list[bytes]) -> bytes:
        offsets, at = [], self.size
        for item in items:
            at -= len(item)
            offsets.append(at)
        head = self._header(page, after, len(items), at, 13)
        head += struct.pack(f"{self.order}{len(items)}H", *offsets)
        body = b"".join(reversed(items))
        return head + bytes(self.size - len(head) - len(body)) + body

    def _meta(self, count: int) -> bytes:
        meta = bytearray(self.size)
        # The page size of 64 KiB fits the 32-bit field; the page type is 8, a hash meta page.
        struct.pack_into(self.order + "III", meta, 12, 0x061561, 9, self.size)
        meta[25] = 8
        struct.pack_into(self.order + "I", meta, 32, len(self.pages) - 1)
        struct.pack_into(self.order + "II", meta, 40, count, count)
        # max_bucket high_mask low_mask ffactor nelem charkey, then spares: bucket 0 is on page 1
        struct.pack_into(self.order + "7I", meta, 72, 0, 1, 0, 0, count, 0x5E688DD1, 1)
        return bytes(meta)


def ndb(blobs: Sequence[bytes], *, slot_pages: int = 1) -> bytes:
    """Return an NDB file whose packages are ``blobs``, numbered from 1; empty blobs leave gaps."""
    slots, body = [], b""
    start = slot_pages * 4096
    for index, blob in enumerate(blobs, 1):
        if not blob:
            slots.append(struct.pack("<4sIII", b"Slot", 0, 0, 0))
            continue
        head = struct.pack("<4sIII", b"BlbS", index, 1, len(blob)) + blob
        head += bytes(-(len(head) + 12) % 16)
        whole = head + struct.pack("<II4s", zlib.adler32(head), len(blob), b"BlbE")
        slots.append(
            struct.pack("<4sIII", b"Slot", index, (start + len(body)) // 16, len(whole) // 16)
        )
        body += whole
    free = struct.pack("<4sIII", b"Slot", 0, 0, 0)
    slots += [free] * (slot_pages * 256 - 2 - len(slots))
    head = struct.pack("<4sIIIIIII", b"RpmP", 0, 1, slot_pages, len(blobs) + 1, 0, 0, 0)
    return head + b"".join(slots) + body


def sqlite(
    blobs: Sequence[bytes], folder: Path, *, page_size: int = 4096, encoding: str = "UTF-8"
) -> bytes:
    """Return a SQLite file with rpm's table of packages, made by SQLite in ``folder``."""
    path = folder / "rpmdb.sqlite"
    path.unlink(missing_ok=True)
    with closing(_database(path, page_size, encoding)) as database, database:
        _insert(database, blobs)
    return path.read_bytes()


def sqlite_at(blobs: Sequence[bytes], *, extra: Sequence[str] = ()) -> bytes:
    """Return a SQLite file made in a folder that is gone again, after ``extra`` statements."""
    with TemporaryDirectory() as place:
        path = Path(place) / "rpmdb.sqlite"
        with closing(_database(path, 4096, "UTF-8")) as database, database:
            _insert(database, blobs)
            for statement in extra:
                database.execute(statement)
        return path.read_bytes()


def sqlite_with_log(
    before: Sequence[bytes], after: Sequence[bytes], folder: Path
) -> tuple[bytes, bytes]:
    """
    Return a SQLite file holding ``before`` and its ``-wal``, which adds ``after``.

    Each of ``after`` is its own transaction, as rpm commits.
    """
    path = folder / "rpmdb.sqlite"
    path.unlink(missing_ok=True)
    database = _database(path, 4096, "UTF-8")
    _insert(database, before)
    database.commit()
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA wal_autocheckpoint=0")
    for blob in after:
        _insert(database, [blob])
        database.commit()
    made = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    database.close()
    return made


def _database(path: Path, page_size: int, encoding: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size={page_size}")
    database.execute(f"PRAGMA encoding='{encoding}'")
    database.execute(
        "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)"
    )
    database.execute("CREATE TABLE 'Name' (key 'TEXT' NOT NULL, hnum INTEGER NOT NULL)")
    database.execute("CREATE INDEX 'Name_key_idx' ON 'Name'(key ASC)")
    return database


def _insert(database: sqlite3.Connection, blobs: Sequence[bytes]) -> None:
    database.executemany("INSERT INTO Packages(blob) VALUES (?)", [(blob,) for blob in blobs])


def manifest(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return a container-manifest-2 of rows with name, evr, arch, epoch, source, vendor."""
    return b"".join(
        "\t".join(
            (
                row["name"],
                row["evr"],
                "1650000000",
                "1640000000",
                row.get("vendor", "Microsoft Corporation"),
                "(none)",
                "100",
                row.get("arch", "x86_64"),
                row.get("epoch", "0"),
                row.get("source", "(none)"),
            )
        ).encode()
        + b"\n"
        for row in rows
    )


def _encoded(name: str, value: object) -> tuple[int, int, int, bytes]:
    if isinstance(value, str):
        return 6, 1, 1, value.encode() + b"\0"
    values = [value] if isinstance(value, int) else list(value)  # type: ignore[call-overload]
    if values and isinstance(values[0], str):
        return 8, len(values), 1, b"".join(text.encode() + b"\0" for text in values)
    if name in _BYTES:
        return 1, len(values), 1, bytes(values)
    kind, code, width = _TYPES["int16" if name in _INT16 else "int32"]
    return kind, len(values), width, struct.pack(f">{len(values)}{code}", *values)
