"""Keep what a shard must know of each feed in it: who publishes it, and how far it has been read."""

import sqlite3

import msgspec
from msgspec import Struct

from pratique.advisories.interface import Feed

KEPT_SKIPPED = 20
"""Unreadable records kept by name; the count is kept in full."""


class FeedRow(Struct, frozen=True, kw_only=True):
    """
    One feed of one shard.

    ``fetched`` is when its rows last changed, ``modified`` what its ``Since.modified`` will be.
    ``releases`` are the full ecosystem names it was narrowed to, empty for all. ``skipped`` names
    records that could not be read, at most ``KEPT_SKIPPED``, then "… and N more". ``problem`` says
    why its news are not in the shard, empty when they are.
    """

    name: str
    title: str = ""
    url: str = ""
    licence: str = ""
    attribution: str = ""
    proven: bool = False
    precedence: int = 100
    modified: str = ""
    fetched: str = ""
    etags: dict[str, str] = {}
    releases: tuple[str, ...] = ()
    records: int = 0
    skipped: tuple[str, ...] = ()
    problem: str = ""


def described(feed: Feed) -> FeedRow:
    """Return what a feed module says of itself."""
    return FeedRow(
        name=feed.NAME,
        title=feed.TITLE,
        url=feed.URL,
        licence=feed.LICENCE,
        attribution=feed.ATTRIBUTION,
        proven=feed.PROVEN,
        precedence=feed.PRECEDENCE,
    )


def shortened(skipped: list[str]) -> tuple[str, ...]:
    """Return the first names of a list, and how many more there are."""
    if len(skipped) <= KEPT_SKIPPED:
        return tuple(skipped)
    return (*skipped[:KEPT_SKIPPED], f"… and {len(skipped) - KEPT_SKIPPED} more")


def write_feed(database: sqlite3.Connection, feed: FeedRow) -> int:
    """Write a feed's row, keeping its number where it has one, and return the number."""
    values = {
        "name": feed.name,
        "title": feed.title,
        "url": feed.url,
        "licence": feed.licence,
        "attribution": feed.attribution,
        "proven": int(feed.proven),
        "precedence": feed.precedence,
        "modified": feed.modified,
        "fetched": feed.fetched,
        "etags": msgspec.json.encode(feed.etags).decode(),
        "releases": msgspec.json.encode(feed.releases).decode(),
        "records": feed.records,
        "skipped": msgspec.json.encode(feed.skipped).decode(),
        "problem": feed.problem,
    }
    columns = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    row = database.execute(
        f"INSERT INTO feed ({columns}) VALUES ({marks})"  # noqa: S608 our own names
        f" ON CONFLICT(name) DO UPDATE SET {changes} RETURNING id",
        values,
    ).fetchone()
    return int(row[0])


def read_feeds(database: sqlite3.Connection) -> dict[int, FeedRow]:
    """Return the feeds of a shard by number, best precedence first."""
    found: dict[int, FeedRow] = {}
    query = (
        "SELECT id, name, title, url, licence, attribution, proven, precedence, modified,"
        " fetched, etags, releases, records, skipped, problem FROM feed ORDER BY precedence, name"
    )
    for row in database.execute(query):
        found[row[0]] = FeedRow(
            name=row[1],
            title=row[2],
            url=row[3],
            licence=row[4],
            attribution=row[5],
            proven=bool(row[6]),
            precedence=row[7],
            modified=row[8],
            fetched=row[9],
            etags=msgspec.json.decode(row[10], type=dict[str, str]),
            releases=msgspec.json.decode(row[11], type=tuple[str, ...]),
            records=row[12],
            skipped=msgspec.json.decode(row[13], type=tuple[str, ...]),
            problem=row[14],
        )
    return found
