"""A shard knows whose data it holds."""

import sqlite3

from pratique.advisories import osv
from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.feeds import (
    KEPT_SKIPPED,
    FeedRow,
    described,
    read_feeds,
    shortened,
    write_feed,
)


def test_a_feeds_row_survives_the_trip_and_keeps_its_number() -> None:
    """Writing it again changes it in place."""
    database = sqlite3.connect(":memory:")
    database.executescript(shard_schema.TABLES)
    row = FeedRow(
        name="a",
        precedence=9,
        etags={"x": "1"},
        releases=("A:1",),
        skipped=("r: why",),
        problem="down",
    )

    number = write_feed(database, FeedRow(name="a", title="before"))
    other = write_feed(database, FeedRow(name="b", precedence=1))

    assert write_feed(database, row) == number != other
    assert list(read_feeds(database)) == [other, number]
    assert read_feeds(database)[number] == row
    database.close()


def test_a_module_describes_itself() -> None:
    """Licence and attribution travel with the data."""
    row = described(osv)  # type: ignore[arg-type]

    assert (row.name, row.licence, row.attribution) == (osv.NAME, osv.LICENCE, osv.ATTRIBUTION)


def test_many_skipped_records_are_counted() -> None:
    """Some by name, the rest as a number."""
    assert shortened(["a"]) == ("a",)
    assert shortened([str(n) for n in range(KEPT_SKIPPED + 5)])[-1] == "… and 5 more"
