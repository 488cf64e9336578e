"""
Keep what is asked of an image while it runs: its newest verdict, its files, its other names.

An image is stored under one digest and asked for by any: engines name it by its manifest or by its
config, sometimes by the index it was pulled through. Law: a name that stands for several stored
images names none of them; what is put again replaces what was there, but an older answer no newer one,
unless the clock that dated that one was ahead.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from pratique.model.stored import StoredVerdict

if TYPE_CHECKING:
    import sqlite3

SCHEMA = """
CREATE TABLE image_name (
    name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (name, digest)
) WITHOUT ROWID;
CREATE TABLE image_verdict (
    digest TEXT PRIMARY KEY, answer TEXT NOT NULL, policy TEXT NOT NULL, judged TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE image_flaws (
    digest TEXT PRIMARY KEY, scanned TEXT NOT NULL, flaws BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE image_files (digest TEXT PRIMARY KEY, body BLOB NOT NULL);
"""
_flaws = msgspec.msgpack.Decoder(tuple[tuple[str, int], ...])
_encode = msgspec.msgpack.Encoder().encode


def put_names(database: "sqlite3.Connection", digest: str, names: Iterable[str]) -> None:
    """Keep by which digests an image is known; its own is one of them."""
    rows = [(name, digest) for name in {digest, *names} if name]
    database.executemany("INSERT OR IGNORE INTO image_name VALUES (?, ?)", rows)


def put_verdict(database: "sqlite3.Connection", verdict: StoredVerdict) -> None:
    """Keep the newest answer for an image: an older one does not replace it, but one of the future."""
    insert = (
        "INSERT INTO image_verdict VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET "
        "answer = excluded.answer, policy = excluded.policy, judged = excluded.judged "
        "WHERE excluded.judged >= judged OR judged > strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
    )
    row = (verdict.digest, verdict.answer, verdict.policy, verdict.judged)
    database.execute(insert, row)


def put_flaws(
    database: "sqlite3.Connection", digest: str, scanned: str, flaws: tuple[tuple[str, int], ...]
) -> None:
    """Keep how many flaws of which severity the newest scan found."""
    insert = "INSERT OR REPLACE INTO image_flaws VALUES (?, ?, ?)"
    database.execute(insert, (digest, scanned, _encode(flaws)))


def put_files(database: "sqlite3.Connection", digest: str, body: bytes) -> None:
    """Keep the packed files of an image."""
    database.execute("INSERT OR REPLACE INTO image_files VALUES (?, ?)", (digest, body))


def digest_of(database: "sqlite3.Connection", name: str) -> str:
    """Return the digest that an image is stored under, empty where none or several have the name."""
    rows = database.execute("SELECT digest FROM image_name WHERE name = ? LIMIT 2", (name,))
    found = [str(row[0]) for row in rows]
    if name in found:
        return name
    return found[0] if len(found) == 1 else ""


def verdict_of(database: "sqlite3.Connection", digest: str) -> StoredVerdict | None:
    """Return the newest answer for an image; with the flaws alone where it was never judged."""
    query = "SELECT answer, policy, judged FROM image_verdict WHERE digest = ?"
    row = database.execute(query, (digest,)).fetchone()
    query = "SELECT scanned, flaws FROM image_flaws WHERE digest = ?"
    counted = database.execute(query, (digest,)).fetchone()
    if row is None and counted is None:
        return None
    answer, policy, judged = row or ("", "", "")
    return StoredVerdict(
        digest=digest,
        answer=answer,
        policy=policy,
        judged=judged,
        flaws=_flaws.decode(counted[1]) if counted else (),
        scanned=counted[0] if counted else "",
    )


def files_of(database: "sqlite3.Connection", digest: str) -> bytes | None:
    """Return the packed files of an image, None where they were not kept."""
    query = "SELECT body FROM image_files WHERE digest = ?"
    row = database.execute(query, (digest,)).fetchone()
    return row[0] if row else None
