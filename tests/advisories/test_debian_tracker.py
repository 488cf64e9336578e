"""The feed reads the tracker's one file."""

import pytest

from pratique.advisories import debian_tracker as feed
from pratique.advisories.interface import FeedDamaged, FeedNotFound
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since
from tests.makers.tracker_samples import debian, debian_status

PATH = "tracker/data/json"
FILES = {PATH: debian({"openssl": {"CVE-2026-1001": {"bookworm": debian_status()}}})}


def test_all_flaws_and_then_none() -> None:
    """The first fetch sends everything, the next says unchanged."""
    batch, (row,) = fetched(feed, FILES)

    assert isinstance(row, Advisory)
    assert (row.id, row.feed) == ("CVE-2026-1001", feed.NAME)
    assert fetched(feed, FILES, since(batch))[0].unchanged


def test_absent_and_damaged() -> None:
    """A missing file is "no data", another shape is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {PATH: b'{"p": 1}'})
