"""
Fill a shard: a new file, or a copy of the present one that is patched.

Law: what a reader then finds is what the feeds said last; a record without a live statement for
this shard (withdrawn, or about other ecosystems) is remembered by id only, so that a delta does
not fetch it again. The writer works on a temporary file that its caller swaps in or throws away:
there is no journal. Memory stays bounded: names and ids are held, texts are not.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

import msgspec
from msgspec.structs import replace

from pratique.advisories.interface import EndOfLife, EpssRow, ExploitedRow, Row
from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.bodies import Bodies
from pratique.advisories.shards.codec import pack_affected
from pratique.advisories.shards.feeds import FeedRow, write_feed
from pratique.formats.feeds.package_names import normal_name
from pratique.model.advisory import Advisory, CveRecord
from pratique.model.errors import StorageError

_BATCH = 2000
_ENCODER = msgspec.msgpack.Encoder()
_STAGED = ("affected", "malicious", "alias")
_BATCHED = (*_STAGED, "statement")
_SETTINGS = """
PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-32768; PRAGMA temp_store=FILE;
"""


class ShardWriter:
    """
    Write one shard file; use as a context manager, and call ``finish`` before leaving it.

    Args:
        path: the file; made if ``fresh``, else a shard of this schema to patch.
        fresh: start empty. Rows are then staged and inserted in order, which packs them best.

    Raises:
        StorageError: (any method) the file cannot be written.
    """

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._path = path
        self._fresh = fresh
        self._waiting: dict[str, list[tuple[object, ...]]] = {name: [] for name in _BATCHED}
        self._indexed = False
        with storage_errors(path):
            self._database = sqlite3.connect(path, isolation_level=None)
        self._packages: dict[tuple[str, str], int] = {}
        self._ecosystems: dict[str, int] = {}
        self._advisories: dict[tuple[int, str], int] = {}
        self._statements: dict[bytes, int] = {}
        try:
            self._begin()
        except BaseException:
            self._database.close()
            raise
        self._next = max(self._advisories.values(), default=0) + 1
        self._bodies = Bodies(self._database)

    def __enter__(self) -> "ShardWriter":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, finished or not."""
        self._database.close()

    def open_feed(self, feed: FeedRow) -> int:
        """Return the number of a feed, which is new or keeps its rows."""
        with storage_errors(self._path):
            return write_feed(self._database, feed)

    def clear_feed(self, feed: int) -> None:
        """Drop every row of a feed."""
        with storage_errors(self._path):
            for table in ("affected", "malicious", "alias"):
                self._database.execute(
                    f"DELETE FROM {table} WHERE advisory IN "  # noqa: S608 our own names
                    "(SELECT id FROM advisory WHERE feed = ?)",
                    (feed,),
                )
            for table in ("advisory", *shard_schema.KEYED):
                self._database.execute(f"DELETE FROM {table} WHERE feed = ?", (feed,))  # noqa: S608
        self._advisories = {key: id_ for key, id_ in self._advisories.items() if key[0] != feed}

    def add(self, feed: int, row: Row) -> None:
        """File one row of a feed; one with the same id is replaced."""
        with storage_errors(self._path):
            match row:
                case Advisory():
                    self._add_advisory(feed, row)
                case CveRecord():
                    self._put("cve", (row.id, feed, _ENCODER.encode(row)))
                case ExploitedRow():
                    self._put("exploited", (row.cve, feed, _ENCODER.encode(row.exploited)))
                case EpssRow():
                    epss = row.epss
                    values = (row.cve, feed, epss.probability, epss.percentile, epss.date)
                    self._put("epss", values)
                case EndOfLife():
                    self._put("end_of_life", (row.product, row.cycle, feed, _ENCODER.encode(row)))
                case _:
                    assert_never(row)

    def remove(self, feed: int, ids: Iterable[str]) -> None:
        """Drop records that a feed no longer has."""
        with storage_errors(self._path):
            for ext in ids:
                held = self._advisories.pop((feed, ext), None)
                if held is not None:
                    self._forget(held)
                for table in ("cve", "exploited", "epss"):
                    self._database.execute(
                        f"DELETE FROM {table} WHERE id = ? AND feed = ?",  # noqa: S608
                        (ext, feed),
                    )

    def finish(self, shard: str, now: str, origin: str = "") -> None:
        """Write what waits, say when and whence the shard was built, and bring it to the disk."""
        with storage_errors(self._path):
            self._bodies.flush()
            self._flush()
            self._bodies.keep_dictionaries()
            self._settle()
            self._count()
            newest = self._database.execute(
                "SELECT max(modified) FROM advisory WHERE modified <= ?", (now,)
            ).fetchone()[0]
            meta = {"shard": shard, "built": now, "newest": newest or "", "origin": origin}
            self._database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
            self._database.execute("COMMIT")
            self._database.execute(f"PRAGMA user_version={shard_schema.SCHEMA_VERSION}")
            self._database.execute(f"PRAGMA application_id={shard_schema.APPLICATION_ID}")
            self._database.close()
            sync(self._path)

    def _add_advisory(self, feed: int, advisory: Advisory) -> None:
        key = (feed, advisory.id)
        number = self._advisories.get(key)
        if number is None:
            number, self._next = self._next, self._next + 1
            self._advisories[key] = number
        else:
            self._forget(number)
        live = bool(advisory.affected) and not advisory.withdrawn
        self._bodies.add(number, feed, replace(advisory, affected=()), live=live)
        if not live:
            return
        into = self._waiting["malicious" if advisory.malicious else "affected"]
        for n, affected in enumerate(advisory.affected):
            package = self._package(affected.ecosystem, affected.name)
            into.append((package, number, n, self._statement(pack_affected(affected))))
        names = {advisory.id, *advisory.aliases, *advisory.upstream}
        self._waiting["alias"] += [(name, number) for name in names]
        if len(into) >= _BATCH:
            self._flush()

    def _package(self, ecosystem: str, name: str) -> int:
        key = (ecosystem, normal_name(ecosystem, name))
        number = self._packages.get(key)
        if number is None:
            if ecosystem not in self._ecosystems:
                self._ecosystems[ecosystem] = len(self._ecosystems) + 1
                self._put("ecosystem", (self._ecosystems[ecosystem], ecosystem))
            number = self._packages[key] = len(self._packages) + 1
            self._put("package", (number, self._ecosystems[ecosystem], key[1]))
        return number

    def _statement(self, body: bytes) -> int:
        number = self._statements.get(body)
        if number is None:
            number = self._statements[body] = len(self._statements) + 1
            self._waiting["statement"].append((number, body))
        return number

    def _put(self, table: str, values: tuple[object, ...]) -> None:
        marks = ",".join("?" * len(values))
        self._database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", values)  # noqa: S608

    def _flush(self) -> None:
        for table, rows in self._waiting.items():
            if rows:
                into = f"staged_{table}" if self._fresh and table in _STAGED else table
                marks = ",".join("?" * len(rows[0]))
                self._database.executemany(
                    f"INSERT OR REPLACE INTO {into} VALUES ({marks})",  # noqa: S608 our own names
                    rows,
                )
                rows.clear()

    def _forget(self, advisory: int) -> None:
        """Drop what stands on one advisory, which lies in the order of packages."""
        self._bodies.flush()
        self._flush()
        prefix = "staged_" if self._fresh else ""
        if not self._indexed:
            schema = "temp." if self._fresh else ""
            for table in _STAGED:
                self._database.execute(
                    f"CREATE INDEX {schema}by_{table} ON {prefix}{table}(advisory)"
                )
            self._indexed = True
        for table in _STAGED:
            self._database.execute(
                f"DELETE FROM {prefix}{table} WHERE advisory = ?",  # noqa: S608 our own names
                (advisory,),
            )
        self._database.execute("DELETE FROM advisory WHERE id = ?", (advisory,))

    def _settle(self) -> None:
        """Move staged rows into their tables, in order."""
        if self._fresh:
            for table, order in zip(_STAGED, ("1, 2, 3", "1, 2, 3", "1, 2"), strict=True):
                self._database.execute(
                    f"INSERT INTO {table} SELECT * FROM staged_{table} ORDER BY {order}"  # noqa: S608
                )
        elif self._indexed:
            for table in _STAGED:
                self._database.execute(f"DROP INDEX by_{table}")

    def _begin(self) -> None:
        """Make the tables, or read the names a shard to be patched already has."""
        with storage_errors(self._path):
            self._database.executescript(_SETTINGS)
            if self._fresh:
                self._database.executescript(shard_schema.TABLES + _staging())
            self._database.execute("BEGIN")
            if self._fresh:
                return
            ecosystems = dict(self._database.execute("SELECT id, name FROM ecosystem"))
            self._ecosystems = {name: number for number, name in ecosystems.items()}
            for number, ecosystem, name in self._database.execute("SELECT * FROM package"):
                self._packages[ecosystems[ecosystem], name] = number
            for number, feed, ext in self._database.execute("SELECT id, feed, ext FROM advisory"):
                self._advisories[feed, ext] = number
            for number, body in self._database.execute("SELECT id, body FROM statement"):
                self._statements[body] = number

    def _count(self) -> None:
        """Note how many live records each feed has."""
        keyed = "".join(
            f" + (SELECT count(*) FROM {table} WHERE feed = feed.id)"  # noqa: S608 our own names
            for table in shard_schema.KEYED
        )
        self._database.execute(
            "UPDATE feed SET records ="  # noqa: S608 our own names
            " (SELECT count(*) FROM advisory WHERE feed = feed.id AND body IS NOT NULL)" + keyed
        )


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's complaints about a file into ``StorageError``."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"cannot write {path.name}: {error}") from None
    except OSError as error:
        raise StorageError(f"cannot write {path.name}: {error.strerror}") from None


def sync(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _staging() -> str:
    return (
        "CREATE TEMP TABLE staged_affected(package, advisory, n, statement);"
        "CREATE TEMP TABLE staged_malicious(package, advisory, n, statement);"
        "CREATE TEMP TABLE staged_alias(name, advisory);"
    )
