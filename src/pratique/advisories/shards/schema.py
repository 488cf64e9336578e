"""
Lay out a shard: one SQLite file with the advisories of one base ecosystem, or one kind of rows.

Every row belongs to a feed, so that a feed can be replaced alone. Names are interned; what a
look-up needs lies together, in tables without rowid sorted by package. ``SCHEMA_VERSION`` stands in
``PRAGMA user_version``: a shard of another version is not read but built again.

Tables::

    meta(key, value)             shard, built, newest, origin
    feed                         one row per feed: precedence, licence, etags, what was skipped
    ecosystem(id, name)          full names: Debian:12
    package(id, ecosystem, name)
    advisory(id, feed, ext, modified, malicious, body)   body NULL: withdrawn, or nothing here
    affected(package, advisory, n, statement)
    malicious(package, advisory, n, statement)   MAL- records apart: there are many times more
    statement(id, body)          ranges and state; a distribution says the same of many packages
    alias(name, advisory)        every name an advisory goes by
    cve, exploited, epss, end_of_life            the small shards' rows
    dictionary(kind, body)       zstd dictionaries of ``advisory.body``, malicious ones apart
"""

import re
from pathlib import Path

SCHEMA_VERSION = 2
APPLICATION_ID = 0x50524154
"""``PRAT``: lets `file` and an import tell a shard from another SQLite file."""

CVE_SCORES = "cve-scores"
END_OF_LIFE = "end-of-life"
EPSS = "epss"
KEV = "kev"
SMALL = (KEV, END_OF_LIFE, EPSS)
"""Shards every scan wants, a few megabytes together; CVE scores are large and come by request."""

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE feed(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT NOT NULL,
  licence TEXT NOT NULL, attribution TEXT NOT NULL, proven INTEGER NOT NULL,
  precedence INTEGER NOT NULL, modified TEXT NOT NULL, fetched TEXT NOT NULL,
  etags TEXT NOT NULL, releases TEXT NOT NULL, records INTEGER NOT NULL, skipped TEXT NOT NULL,
  problem TEXT NOT NULL);
CREATE TABLE ecosystem(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE package(
  id INTEGER PRIMARY KEY, ecosystem INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE(ecosystem, name));
CREATE TABLE advisory(
  id INTEGER PRIMARY KEY, feed INTEGER NOT NULL, ext TEXT NOT NULL, modified TEXT NOT NULL,
  malicious INTEGER NOT NULL, body BLOB, UNIQUE(feed, ext));
CREATE TABLE affected(
  package INTEGER, advisory INTEGER, n INTEGER, statement INTEGER NOT NULL,
  PRIMARY KEY(package, advisory, n)) WITHOUT ROWID;
CREATE TABLE malicious(
  package INTEGER, advisory INTEGER, n INTEGER, statement INTEGER NOT NULL,
  PRIMARY KEY(package, advisory, n)) WITHOUT ROWID;
CREATE TABLE statement(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE alias(name TEXT, advisory INTEGER, PRIMARY KEY(name, advisory)) WITHOUT ROWID;
CREATE TABLE cve(id TEXT, feed INTEGER, body BLOB NOT NULL, PRIMARY KEY(id, feed)) WITHOUT ROWID;
CREATE TABLE exploited(
  id TEXT, feed INTEGER, body BLOB NOT NULL, PRIMARY KEY(id, feed)) WITHOUT ROWID;
CREATE TABLE epss(
  id TEXT, feed INTEGER, probability REAL NOT NULL, percentile REAL, date TEXT NOT NULL,
  PRIMARY KEY(id, feed)) WITHOUT ROWID;
CREATE TABLE end_of_life(
  product TEXT, cycle TEXT, feed INTEGER, body BLOB NOT NULL,
  PRIMARY KEY(product, cycle, feed)) WITHOUT ROWID;
CREATE TABLE dictionary(kind TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
"""

KEYED = ("cve", "exploited", "epss", "end_of_life")
"""Tables whose rows stand for themselves, each with its feed."""

_SUFFIX = ".sqlite"
_PLAIN = re.compile(r"[A-Za-z0-9_-]")
_FILE = re.compile(r"(?:[A-Za-z0-9_-]|%[0-9A-F]{2})+\.sqlite")


def shard_file(name: str) -> str:
    """
    Return the file name of a shard: every other character is escaped, so it is safe anywhere.

    >>> shard_file("Red Hat"), shard_file("crates.io"), shard_file("../x")
    ('Red%20Hat.sqlite', 'crates%2Eio.sqlite', '%2E%2E%2Fx.sqlite')
    """
    escaped = (
        char if _PLAIN.match(char) else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in name
    )
    return "".join(escaped) + _SUFFIX


def shard_name(file: str) -> str | None:
    """
    Return the shard a file name stands for, None where it is no shard's.

    >>> shard_name("Red%20Hat.sqlite"), shard_name("../x.sqlite")
    ('Red Hat', None)
    """
    if not _FILE.fullmatch(file):
        return None
    raw = re.sub(
        rb"%([0-9A-F]{2})",
        lambda found: bytes([int(found[1], 16)]),
        file.removesuffix(_SUFFIX).encode(),
    )
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return None
    return name if shard_file(name) == file else None


def shards_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the shards that lie in a folder, sorted; none if there is no folder."""
    if not folder.is_dir():
        return ()
    names = (shard_name(entry.name) for entry in folder.iterdir() if entry.is_file())
    return tuple(sorted(name for name in names if name))
