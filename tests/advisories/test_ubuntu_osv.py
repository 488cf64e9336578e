"""The feed reads Canonical's archive of OSV records."""

import lzma

import pytest

from pratique.advisories import ubuntu_osv as feed
from pratique.advisories.interface import FeedDamaged, FeedNotFound
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import as_json, fetched, since, tar
from tests.makers.feeds import osv_record

TREE = {
    "osv/cve/2026/UBUNTU-CVE-2026-1001.json": as_json(
        osv_record("UBUNTU-CVE-2026-1001", "Ubuntu:22.04:LTS")
    ),
    "osv/usn/USN-1-1.json": as_json(osv_record("USN-1-1", "Ubuntu:Pro:18.04:LTS")),
    "osv/README.md": b"text",
}
PATH = "osv-all.tar.xz"


def test_all_records() -> None:
    """CVE records and notices alike, under this feed's name."""
    batch, rows = fetched(feed, {PATH: lzma.compress(tar(TREE))})

    found = [(row.id, row.feed) for row in rows if isinstance(row, Advisory)]
    assert found == [("UBUNTU-CVE-2026-1001", feed.NAME), ("USN-1-1", feed.NAME)]
    assert fetched(feed, {PATH: lzma.compress(tar(TREE))}, since(batch))[0].unchanged


def test_one_odd_record_is_noted() -> None:
    """A record of another shape is skipped and named."""
    batch, rows = fetched(feed, {PATH: lzma.compress(tar({**TREE, "osv/x.json": b"{}"}))})

    assert len(rows) == 2
    assert batch.skipped[0].startswith("osv/x.json: ")


def test_absent_and_damaged() -> None:
    """A missing archive is "no data", a cut one is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {PATH: lzma.compress(tar(TREE))[:-20]})
