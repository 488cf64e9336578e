"""
Keep which packages were seen at work: one table of the store.

Law: putting the same twice, or in another order, leaves the same rows: the earliest and the latest
time of each file. At most ``MAX_FILES`` files are kept of one image; further ones are left out,
which says nothing of their packages.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pratique.model.in_use import InUse

if TYPE_CHECKING:
    import sqlite3

MAX_FILES = 20_000
SCHEMA = """
CREATE TABLE in_use (
    digest TEXT NOT NULL, package TEXT NOT NULL, path TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (digest, package, path)
) WITHOUT ROWID;
"""
_PUT = """
INSERT INTO in_use (digest, package, path, first, last)
SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM in_use WHERE digest = ?1) < ?6
    OR EXISTS (SELECT 1 FROM in_use WHERE digest = ?1 AND package = ?2 AND path = ?3)
ON CONFLICT (digest, package, path)
DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
"""


def put_in_use(database: "sqlite3.Connection", seen: Iterable[InUse]) -> None:
    """Keep what was seen, beside what was kept before."""
    rows = (
        (one.digest, one.package, one.path, one.first_ns, one.last_ns, MAX_FILES) for one in seen
    )
    database.executemany(_PUT, rows)


def in_use_of(database: "sqlite3.Connection", digest: str) -> tuple[InUse, ...]:
    """Return what was seen of an image, sorted."""
    query = "SELECT package, path, first, last FROM in_use WHERE digest = ? ORDER BY package, path"
    return tuple(
        InUse(digest=digest, package=row[0], path=row[1], first_ns=row[2], last_ns=row[3])
        for row in database.execute(query, (digest,))
    )
