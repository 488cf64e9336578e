"""The feed reads the tracker's groups."""

from pathlib import Path

import pytest

from pratique.advisories import arch as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import FeedDamaged, FeedNotFound, Job
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import as_json, fetched, since
from tests.makers.tracker_samples import arch_group

PATH = "issues/all.json"
FILES = {PATH: as_json([arch_group()])}


def test_all_rows_and_then_none() -> None:
    """The first fetch sends everything, the next says unchanged."""
    batch, (row,) = fetched(feed, FILES)

    assert isinstance(row, Advisory)
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

    assert sum(1 for _ in feed.fetch(work).rows) == 2507
