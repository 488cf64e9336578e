"""The feed reads the products that images are made of."""

from pathlib import Path

import pytest

from pratique.advisories import endoflife as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import EndOfLife, FeedDamaged, FeedNotFound, Job
from tests.makers.feed_samples import as_json, fetched, since

FILES = {
    "api/all.json": as_json(["debian", "alpine-linux", "windows", "rhel"]),
    "api/debian.json": as_json([{"cycle": "12", "eol": "2028-06-30"}]),
    "api/alpine-linux.json": as_json([{"cycle": "3.20", "eol": "2026-04-01"}]),
    "api/windows.json": as_json([{"cycle": "11", "eol": "2028-06-30"}]),
}


def test_wanted_products() -> None:
    """Products outside the list are not fetched; one that is announced but missing is left out."""
    batch, rows = fetched(feed, FILES)

    assert rows == [
        EndOfLife(product="alpine-linux", cycle="3.20", eol="2026-04-01"),
        EndOfLife(product="debian", cycle="12", eol="2028-06-30"),
    ]
    assert fetched(feed, FILES, since(batch))[0].unchanged


def test_absent_and_damaged() -> None:
    """Without the list there is no data; another shape is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    for broken in ({"api/all.json": b"{}"}, {"api/debian.json": b"{}"}):
        with pytest.raises(FeedDamaged):
            fetched(feed, FILES | broken)


def test_the_mirror(shared: Path) -> None:
    """61 products, the distributions among them."""
    work = Job(shard=feed.SHARDS[0], fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))
    rows = [row for row in feed.fetch(work).rows if isinstance(row, EndOfLife)]

    assert len({row.product for row in rows}) == 61
    assert EndOfLife(product="debian", cycle="12", eol="2026-07-11") in [
        EndOfLife(product=row.product, cycle=row.cycle, eol=row.eol) for row in rows
    ]
