"""Advisories are compressed with dictionaries made from the first of them."""

import sqlite3

import pytest

from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.bodies import Bodies
from pratique.advisories.shards.codec import MIN_SAMPLES, SAMPLES, Expander
from tests.makers.shards import advisory


@pytest.mark.parametrize("count", [3, MIN_SAMPLES + 5, SAMPLES + 700])
def test_every_advisory_is_kept(count: int) -> None:
    """However many there are: before training, at it, and long after it."""
    database = sqlite3.connect(":memory:")
    database.executescript(shard_schema.TABLES)
    bodies = Bodies(database)
    for n in range(count):
        kept = advisory(f"CVE-2026-{n}", affected=(), malicious=n % 3 == 0)
        bodies.add(n, 1, kept, live=n % 5 != 0)
    bodies.flush()
    bodies.keep_dictionaries()

    kinds = dict(database.execute("SELECT kind, body FROM dictionary"))
    for n, body in database.execute("SELECT id, body FROM advisory"):
        if n % 5 == 0:
            assert body is None
        else:
            expand = Expander(kinds["advisory" if n % 3 else "malicious"])
            assert expand(body).id == f"CVE-2026-{n}"
    assert database.execute("SELECT count(*) FROM advisory").fetchone() == (count,)
    database.close()


def test_a_patched_shard_keeps_its_dictionary() -> None:
    """Old rows stay readable beside new ones."""
    database = sqlite3.connect(":memory:")
    database.executescript(shard_schema.TABLES)
    first = Bodies(database)
    for n in range(MIN_SAMPLES + 5):
        first.add(n, 1, advisory(f"CVE-2026-{n}", affected=()), live=True)
    first.flush()
    first.keep_dictionaries()
    before = dict(database.execute("SELECT kind, body FROM dictionary"))

    second = Bodies(database)
    second.add(9999, 1, advisory("CVE-2026-9999", affected=()), live=True)
    second.flush()
    second.keep_dictionaries()

    assert dict(database.execute("SELECT kind, body FROM dictionary")) == before
    body = database.execute("SELECT body FROM advisory WHERE id = 9999").fetchone()[0]
    assert Expander(before["advisory"])(body).id == "CVE-2026-9999"
    database.close()
