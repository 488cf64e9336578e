"""
Keep what images hold between runs: the durable store, one SQLite file in the data folder.

Law: an inventory is put whole or not at all; equal pieces of different images are one row, so what
is judged again is counted in different packages, not in images. Beside the inventories stands a
catalogue of the images with their layers, by which others recognise their base, and what was seen of
their packages while they ran. Any number of
processes may use the file: writers wait for each other. A store of an older program is brought up
to date when it is opened, whole or not at all; one of a newer program is refused, never changed. What
its disk refuses is a ``StorageError``, of any call.
Source: https://www.sqlite.org/wal.html, https://www.sqlite.org/withoutrowid.html.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pratique.kit import image_table, in_use_table
from pratique.kit.store_file import StoreFile
from pratique.model.digest import Digest
from pratique.model.in_use import InUse
from pratique.model.stored import Holder, Judged, Piece, StoredImage, StoredVerdict

if TYPE_CHECKING:
    import sqlite3

FILE = "store.sqlite"
_SCHEMA = """
CREATE TABLE holder (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, target TEXT NOT NULL, stored TEXT NOT NULL
);
CREATE TABLE piece (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL, judged BLOB NOT NULL
);
CREATE TABLE holds (piece INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (piece, holder))
    WITHOUT ROWID;
CREATE INDEX held ON holds (holder);
CREATE TABLE needs (base TEXT NOT NULL, piece INTEGER NOT NULL, PRIMARY KEY (base, piece))
    WITHOUT ROWID;
"""

_CATALOGUE = """
CREATE TABLE image (
    digest TEXT PRIMARY KEY, target TEXT NOT NULL, chain TEXT NOT NULL, layers INTEGER NOT NULL,
    created TEXT NOT NULL, distro TEXT NOT NULL, labels BLOB NOT NULL, stored TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX image_chain ON image (chain);
"""
_STEPS = (_SCHEMA, _CATALOGUE, in_use_table.SCHEMA, image_table.SCHEMA)
"""What brings a store from each version to the next, from an empty file on."""
VERSION = len(_STEPS)
_COLUMNS = "digest, target, chain, layers, created, distro, labels, stored"

_labels = msgspec.msgpack.Decoder(tuple[tuple[str, str], ...])
_piece = msgspec.msgpack.Decoder(Piece)
_judged = msgspec.msgpack.Decoder(tuple[Judged, ...])
_encode = msgspec.msgpack.Encoder().encode


class Store:
    """The store in a folder, which is made when the first inventory is put."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._file = StoreFile(self.path, _STEPS)

    def put(
        self,
        holder: Holder,
        pieces: Mapping[Piece, tuple[Judged, ...]],
        bases: Mapping[Piece, Collection[str]],
    ) -> None:
        """
        Keep the inventory of one image in place of what was kept of it before.

        Args:
            holder: the image.
            pieces: what it holds, and what was said of each.
            bases: the shards whose change may change what is said.

        Raises:
            StorageError: the store cannot be written.
        """
        with self._file.changing() as database:
            old = "(SELECT id FROM holder WHERE digest = ?)"
            database.execute(f"DELETE FROM holds WHERE holder = {old}", (holder.digest,))  # noqa: S608
            database.execute("DELETE FROM holder WHERE digest = ?", (holder.digest,))
            row = (holder.digest, holder.target, holder.stored)
            insert = "INSERT INTO holder (digest, target, stored) VALUES (?, ?, ?)"
            number = database.execute(insert, row).lastrowid
            known = [self._keep(database, piece, said) for piece, said in pieces.items()]
            pairs = ((one, number) for one in known)
            database.executemany("INSERT OR IGNORE INTO holds VALUES (?, ?)", pairs)
            needs = (
                (base, one)
                for one, piece in zip(known, pieces, strict=True)
                for base in bases.get(piece, ())
            )
            database.executemany("INSERT OR IGNORE INTO needs VALUES (?, ?)", needs)

    def pieces(
        self, bases: Collection[str] | None = None, without: Collection[str] = ()
    ) -> Iterator[tuple[int, Piece, tuple[Judged, ...]]]:
        """
        Yield the pieces that some image holds, by number: those that need one of ``bases``, or all.

        Those that need one of ``without`` are left out.

        Raises:
            StorageError: the store cannot be read.
        """
        query = "SELECT id, body, judged FROM piece WHERE id IN (SELECT piece FROM holds)"
        if bases is not None:
            marks = ",".join("?" * len(bases))
            query += f" AND id IN (SELECT piece FROM needs WHERE base IN ({marks}))"  # noqa: S608
        marks = ",".join("?" * len(without))
        query += f" AND id NOT IN (SELECT piece FROM needs WHERE base IN ({marks}))"  # noqa: S608
        if not self.path.is_file():
            return
        with self._file.reading() as database:
            rows = database.execute(query + " ORDER BY id", (*(bases or ()), *without))
            for number, body, said in rows:
                yield number, _piece.decode(body), _judged.decode(said)

    def bases(self) -> frozenset[str]:
        """Return the shards that the pieces need."""
        query = "SELECT DISTINCT base FROM needs WHERE piece IN (SELECT piece FROM holds)"
        return self._file.ask(
            lambda it: frozenset(one for (one,) in it.execute(query)), frozenset()
        )

    def judge(self, changes: Iterable[tuple[int, tuple[Judged, ...]]]) -> None:
        """
        Keep what is now said of pieces, by number.

        Raises:
            StorageError: the store cannot be written.
        """
        rows = ((_encode(said), number) for number, said in changes)
        with self._file.changing() as database:
            database.executemany("UPDATE piece SET judged = ? WHERE id = ?", rows)

    def holders(self, piece: int | None = None) -> tuple[Holder, ...]:
        """Return the images that hold a piece, or all; sorted."""
        query, values = "SELECT digest, target, stored FROM holder", ()
        if piece is not None:
            query += " WHERE id IN (SELECT holder FROM holds WHERE piece = ?)"
            values = (piece,)  # type: ignore[assignment]
        return self._file.ask(
            lambda it: tuple(
                sorted(
                    Holder(digest=digest, target=target, stored=stored)
                    for digest, target, stored in it.execute(query, values)
                )
            ),
            (),
        )

    def held(self, digest: Digest) -> tuple[Piece, ...]:
        """
        Return what an image holds, none where its inventory is not kept.

        Raises:
            StorageError: the store cannot be read.
        """
        query = (
            "SELECT body FROM piece WHERE id IN (SELECT piece FROM holds WHERE holder IN "
            "(SELECT id FROM holder WHERE digest = ?)) ORDER BY id"
        )
        return self._file.ask(
            lambda it: tuple(_piece.decode(one) for (one,) in it.execute(query, (digest,))), ()
        )

    def put_image(self, image: StoredImage) -> None:
        """
        Keep an image in the catalogue, in place of what was kept under its digest.

        Raises:
            StorageError: the store cannot be written.
        """
        row = (image.digest, image.target, image.chain, image.layers, image.created, image.distro)
        with self._file.changing() as database:
            database.execute(
                f"INSERT OR REPLACE INTO image ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (*row, _encode(image.labels), image.stored),
            )

    def images(
        self, chains: Collection[Digest] | None = None, digest: Digest | None = None
    ) -> tuple[StoredImage, ...]:
        """
        Return the images of the catalogue: those with one of the chain IDs, that of a digest, or all.

        Sorted by what they say they were created, then digest.

        Raises:
            StorageError: the store cannot be read.
        """
        query, values = f"SELECT {_COLUMNS} FROM image", tuple(chains or ())  # noqa: S608
        if chains is not None:
            query += f" WHERE chain IN ({','.join('?' * len(chains))})"
        elif digest is not None:
            query, values = query + " WHERE digest = ?", (digest,)
        query += " ORDER BY created, digest"
        return self._file.ask(lambda it: tuple(_images(it.execute(query, values))), ())

    def put_in_use(self, seen: Iterable[InUse]) -> None:
        """
        Keep which files of packages were seen at work.

        Raises:
            StorageError: the store cannot be written.
        """
        with self._file.changing() as database:
            in_use_table.put_in_use(database, seen)

    def in_use(self, digest: str) -> tuple[InUse, ...]:
        """
        Return what was seen at work of an image; nothing where nothing was seen.

        Raises:
            StorageError: the store cannot be read.
        """
        return self._file.ask(lambda it: in_use_table.in_use_of(it, digest), ())

    def put_known(
        self,
        verdict: StoredVerdict,
        names: Collection[str] = (),
        files: bytes | None = None,
    ) -> None:
        """
        Keep what is asked of an image while it runs.

        Args:
            verdict: the answer, if any, and the flaws that were counted.
            names: further digests by which engines know the image.
            files: its packed files; None leaves what was kept of them.

        Raises:
            StorageError: the store cannot be written.
        """
        with self._file.changing() as database:
            image_table.put_names(database, verdict.digest, names)
            if verdict.answer:
                image_table.put_verdict(database, verdict)
            image_table.put_flaws(database, verdict.digest, verdict.scanned, verdict.flaws)
            if files is not None:
                image_table.put_files(database, verdict.digest, files)

    def digest_of(self, name: str) -> str:
        """Return the digest under which an image is stored that is known by another, or nothing."""
        return self._file.ask(lambda it: image_table.digest_of(it, name), "")

    def verdict_of(self, digest: str) -> StoredVerdict | None:
        """Return the newest answer for a stored image, and its flaws; None where it is not stored."""
        return self._file.ask(lambda it: image_table.verdict_of(it, digest), None)

    def files_of(self, digest: str) -> bytes | None:
        """Return the packed files of a stored image, None where they were not kept."""
        return self._file.ask(lambda it: image_table.files_of(it, digest), None)

    def __enter__(self) -> "Store":
        """Return the store; leaving lets go of the file."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _keep(self, database: "sqlite3.Connection", piece: Piece, said: tuple[Judged, ...]) -> int:
        body = _encode(piece)
        name = hashlib.sha256(body).digest()[:16]
        insert = (
            "INSERT INTO piece (hash, body, judged) VALUES (?, ?, ?) "
            "ON CONFLICT (hash) DO UPDATE SET judged = excluded.judged RETURNING id"
        )
        (number,) = database.execute(insert, (name, body, _encode(said))).fetchone()
        return int(number)


def _images(rows: "sqlite3.Cursor") -> Iterator[StoredImage]:
    for row in rows:
        yield StoredImage(
            digest=row[0],
            target=row[1],
            chain=row[2],
            layers=row[3],
            created=row[4],
            distro=row[5],
            labels=_labels.decode(row[6]),
            stored=row[7],
        )
