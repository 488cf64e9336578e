"""The feed reads CISA's catalogue."""

from pathlib import Path

import pytest

from pratique.advisories import cisa_kev as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import ExploitedRow, FeedDamaged, FeedNotFound, Job
from tests.makers.cve_samples import kev, kev_entry
from tests.makers.feed_samples import fetched, since

PATH = "sites/default/files/feeds/known_exploited_vulnerabilities.json"
FILES = {PATH: kev(kev_entry("CVE-2026-1001"))}


def test_all_rows_and_then_none() -> None:
    """The first fetch sends everything, the next says unchanged."""
    batch, (row,) = fetched(feed, FILES)

    assert isinstance(row, ExploitedRow)
    assert fetched(feed, FILES, since(batch))[0].unchanged


def test_absent_and_damaged() -> None:
    """A missing file is "no data", a cut one is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {PATH: FILES[PATH][:-9]})


def test_the_mirror(shared: Path) -> None:
    """As many rows as the mirror has."""
    work = Job(shard=feed.SHARDS[0], fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))

    assert sum(1 for _ in feed.fetch(work).rows) == 1662
