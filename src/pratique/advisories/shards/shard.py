"""
Read one shard: the advisories of one base ecosystem, or one small kind of rows.

A shard file never changes once it has its name, so it is opened ``immutable`` without any lock and
stays readable while a newer one takes its place. Its content is not trusted: the schema is
compared with ours (so there are no views or triggers), and damaged rows become ``StorageError``.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from pratique.advisories.interface import EndOfLife, Since
from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.codec import Expander, unpack_affected
from pratique.advisories.shards.feeds import FeedRow, read_feeds
from pratique.formats.feeds.package_names import normal_name
from pratique.model.advisory import Advisory, Affected, Candidate, CveRecord, Epss, Exploited
from pratique.model.errors import StorageError

Result = TypeVar("Result")

_KEPT_ADVISORIES = 4096
_CVE = msgspec.msgpack.Decoder(CveRecord)
_EXPLOITED = msgspec.msgpack.Decoder(Exploited)
_END_OF_LIFE = msgspec.msgpack.Decoder(EndOfLife)
_CHUNK = 400
"""Names or numbers in one statement; SQLite takes at least 999."""
_STATEMENTS = """
SELECT p.name, t.body, s.advisory FROM package p
  JOIN {table} s ON s.package = p.id JOIN statement t ON t.id = s.statement
  WHERE p.ecosystem = ? AND p.name IN ({marks})
"""


class ShardOutdated(StorageError):
    """Report a shard of another schema version: it must be built again."""

    fix = "run `pratique db update` to build it again"


class ShardDamaged(StorageError):
    """Report a file that is no shard, or a damaged one."""

    fix = "run `pratique db update` to build it again"


class Shard:
    """
    Answer look-ups from one shard file.

    Raises:
        ShardOutdated: another schema version wrote it.
        ShardDamaged: (any method) it is no shard, or it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = self._open()
        try:
            self.feeds: Mapping[int, FeedRow] = self._guard(lambda: read_feeds(self._database))
            self._meta = dict(self._all("SELECT key, value FROM meta"))
            self._ecosystems = dict(self._all("SELECT name, id FROM ecosystem"))
            self._rank = {feed: rank for rank, feed in enumerate(self.feeds)}
        except StorageError:
            self.close()
            raise
        self._expanders: dict[int, Expander] = {}
        self._advisory = lru_cache(_KEPT_ADVISORIES)(self._expand)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def name(self) -> str:
        """Return which shard it says it is."""
        return str(self._meta.get("shard", ""))

    @property
    def built(self) -> str:
        """Return when its content last changed (ISO 8601)."""
        return str(self._meta.get("built", ""))

    @property
    def newest(self) -> str:
        """Return the newest modification time of a record, as published."""
        return str(self._meta.get("newest", ""))

    @property
    def origin(self) -> str:
        """Return the mirror that it was built from; empty for the publishers themselves."""
        return str(self._meta.get("origin", ""))

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """Return every live statement on a package, the feed of best precedence first."""
        name = normal_name(ecosystem, name)
        return self.candidates_of(ecosystem, (name,), lambda _: True).get(name, ())

    def candidates_of(
        self, ecosystem: str, names: Collection[str], wanted: Callable[[Affected], bool]
    ) -> dict[str, tuple[Candidate, ...]]:
        """
        Return what ``candidates`` says of many names, less those without a ``wanted`` one.

        ``names`` are spelt as ``normal_name`` does.
        """
        number = self._ecosystems.get(ecosystem)
        if number is None:
            return {}
        found: dict[str, list[tuple[int, Affected]]] = {}
        for name, body, advisory in self._statements(number, names):
            affected = self._guard(unpack_affected, body, ecosystem, name)
            found.setdefault(name, []).append((advisory, affected))
        kept = {
            name: statements
            for name, statements in found.items()
            if any(wanted(affected) for _, affected in statements)
        }
        known = self._known({advisory for held in kept.values() for advisory, _ in held})
        return {
            name: tuple(
                Candidate(known[advisory][1], affected)
                for advisory, affected in sorted(held, key=lambda one: known[one[0]][0])
            )
            for name, held in kept.items()
        }

    def _statements(
        self, ecosystem: int, names: Collection[str]
    ) -> Iterator[tuple[str, bytes, int]]:
        for chunk in _chunks(names):
            marks = ",".join("?" * len(chunk))
            for table in ("affected", "malicious"):
                query = _STATEMENTS.format(table=table, marks=marks)
                yield from self._all(query, ecosystem, *chunk)

    def _known(self, numbers: Collection[int]) -> dict[int, tuple[tuple[int, str], Advisory]]:
        """Return advisories by number, each with what it is sorted by."""
        known: dict[int, tuple[tuple[int, str], Advisory]] = {}
        for chunk in _chunks(numbers):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT id, feed, body, malicious FROM advisory WHERE id IN ({marks})"  # noqa: S608
            for number, feed, body, kind in self._all(query, *chunk):
                advisory = self._advisory(number, body, kind)
                rank = self._rank.get(feed, len(self._rank))
                known[number] = ((rank, advisory.id), advisory)
        return known

    def releases(self) -> frozenset[str]:
        """Return the full ecosystem names with at least one live statement."""
        statements = " OR ".join(
            "EXISTS (SELECT 1 FROM package p JOIN "  # noqa: S608 our own names
            f"{table} s ON s.package = p.id WHERE p.ecosystem = e.id)"
            for table in ("affected", "malicious")
        )
        rows = self._all(f"SELECT name FROM ecosystem e WHERE {statements}")  # noqa: S608
        return frozenset(name for (name,) in rows)

    def statements(self, ecosystem: str, most: int) -> int:
        """Return how many live statements there are on exactly ``ecosystem``, at most ``most``."""
        number = self._ecosystems.get(ecosystem)
        if number is None:
            return 0
        counted = (
            "SELECT count(*) FROM (SELECT 1 FROM package p JOIN affected s ON s.package = p.id"
            " WHERE p.ecosystem = ? LIMIT ?)"
        )
        return int(self._all(counted, number, most)[0][0])

    def since(self, feed: str) -> Since:
        """Return how far a feed has been read."""
        for number, row in self.feeds.items():
            if row.name == feed:
                held = Held(self, number)
                return Since(etags=row.etags, modified=row.modified, held=held)
        return Since()

    def held(self, feed: int) -> dict[str, str]:
        """Return id and modification time of every record of a feed, also of withdrawn ones."""
        return dict(self._all("SELECT ext, modified FROM advisory WHERE feed = ?", feed))

    def advisories(self, name: str) -> Iterator[Advisory]:
        """Yield the advisories that go by ``name``, with all their statements."""
        for number, advisory in self._named(name):
            table = "malicious" if advisory.malicious else "affected"
            rows = self._all(
                "SELECT e.name, p.name, t.body FROM "  # noqa: S608 our own names
                f"{table} s JOIN package p ON p.id = s.package"
                " JOIN statement t ON t.id = s.statement JOIN ecosystem"
                " e ON e.id = p.ecosystem WHERE s.advisory = ? ORDER BY 1, 2",
                number,
            )
            statements = tuple(
                self._guard(unpack_affected, packed, ecosystem, package)
                for ecosystem, package, packed in rows
            )
            yield msgspec.structs.replace(advisory, affected=statements)

    def about(self, cve_id: str) -> tuple[Advisory, ...]:
        """Return the advisories about this flaw alone, without their statements."""
        return tuple(
            advisory
            for _, advisory in self._named(cve_id)
            if advisory.id == cve_id or cve_id in advisory.aliases or advisory.upstream == (cve_id,)
        )

    def cve(self, cve_id: str) -> CveRecord | None:
        """Return what the feed of best precedence says of a CVE; scores of all feeds together."""
        bodies = self._bodies("cve", cve_id)
        records = [self._guard(_CVE.decode, body) for body in bodies]
        if not records:
            return None
        scores = dict.fromkeys(score for record in records for score in record.scores)
        return msgspec.structs.replace(records[0], scores=tuple(scores))

    def exploited(self, cve_id: str) -> Exploited | None:
        """Return the known-exploited entry of a CVE."""
        body = next(iter(self._bodies("exploited", cve_id)), None)
        return None if body is None else self._guard(_EXPLOITED.decode, body)

    def epss(self, cve_id: str) -> Epss | None:
        """Return the exploit prediction of a CVE."""
        rows = self._all("SELECT probability, percentile, date FROM epss WHERE id = ?", cve_id)
        if not rows:
            return None
        probability, percentile, date = rows[0]
        return Epss(probability=probability, percentile=percentile, date=date)

    def end_of_life(self, product: str, cycle: str) -> EndOfLife | None:
        """Return when a release cycle of a product ends."""
        query = "SELECT body FROM end_of_life WHERE product = ? AND cycle = ?"
        rows = self._all(query, product, cycle)
        return self._guard(_END_OF_LIFE.decode, rows[0][0]) if rows else None

    def _named(self, name: str) -> Iterator[tuple[int, Advisory]]:
        query = (
            "SELECT a.id, a.body, a.malicious FROM alias n JOIN advisory a ON a.id = n.advisory"
            " WHERE n.name = ? AND a.body IS NOT NULL ORDER BY a.ext"
        )
        for number, body, malicious in self._all(query, name):
            yield number, self._expand(number, body, malicious)

    def check(self) -> None:
        """Read the whole file once; raises when a page does not fit."""
        outcome = self._all("PRAGMA quick_check(1)")
        if outcome != [("ok",)]:
            raise ShardDamaged(f"{self._path.name} is damaged: {str(outcome)[:80]}")

    def _open(self) -> sqlite3.Connection:
        uri = f"file:{quote(str(self._path.absolute()))}?mode=ro&immutable=1"
        try:
            database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error:
            raise ShardDamaged(f"{self._path.name} cannot be opened") from None
        try:
            database.execute("PRAGMA trusted_schema=OFF")
            database.execute("PRAGMA mmap_size=1073741824")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version != shard_schema.SCHEMA_VERSION:
                raise ShardOutdated(f"{self._path.name} has schema {version}, not ours")
            if _schema(database) != _our_schema():
                raise ShardDamaged(f"{self._path.name} is not one of our shards")
        except sqlite3.Error as error:
            database.close()
            raise ShardDamaged(f"{self._path.name} is damaged: {error}") from None
        except StorageError:
            database.close()
            raise
        return database

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._guard(lambda: self._database.execute(query, values).fetchall())

    def _bodies(self, table: str, cve_id: str) -> list[bytes]:
        rows = self._all(f"SELECT feed, body FROM {table} WHERE id = ?", cve_id)  # noqa: S608
        return [body for _, body in sorted(rows, key=lambda row: self._rank.get(row[0], 0))]

    def _expand(self, number: int, body: bytes, malicious: int) -> Advisory:
        del number  # the key of the cache
        if malicious not in self._expanders:
            kind = "malicious" if malicious else "advisory"
            rows = self._all("SELECT body FROM dictionary WHERE kind = ?", kind)
            self._expanders[malicious] = Expander(rows[0][0] if rows else b"")
        return self._guard(self._expanders[malicious], body)

    def _guard(self, function: Callable[..., Result], *values: object) -> Result:
        try:
            return function(*values)
        except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
            raise ShardDamaged(f"{self._path.name} is damaged: {error}") from None


def _chunks(values: Collection[Result]) -> Iterator[list[Result]]:
    listed = list(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]


class Held(Mapping[str, str]):
    """Say which records a shard holds of a feed; read only when it is looked into."""

    def __init__(self, shard: Shard, feed: int) -> None:
        self._shard, self._feed = shard, feed
        self._known: dict[str, str] | None = None

    def __getitem__(self, ext: str) -> str:
        """Return the modification time of a record."""
        return self._read()[ext]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._read())

    def __len__(self) -> int:
        """Return how many records are held."""
        return len(self._read())

    def _read(self) -> dict[str, str]:
        if self._known is None:
            self._known = self._shard.held(self._feed)
        return self._known


def _schema(database: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """Return type, name and text of everything a file defines."""
    query = "SELECT type, name, coalesce(sql, '') FROM sqlite_master"
    return frozenset(database.execute(query))


@lru_cache(1)
def _our_schema() -> frozenset[tuple[str, str, str]]:
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(shard_schema.TABLES)
        return _schema(database)
    finally:
        database.close()
