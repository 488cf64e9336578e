"""Every feed says who it is, whose data it reads, and what it fills."""

from types import ModuleType

import pytest

from pratique.kit import registry
from pratique.model.errors import FeedError
from tests.makers.feed_samples import job

FEEDS = {name: unit for name, unit in registry.load("advisories").items() if hasattr(unit, "fetch")}
OURS = {name: unit for name, unit in FEEDS.items() if "*" not in unit.SHARDS}


@pytest.mark.parametrize("name", FEEDS)
def test_what_a_feed_says_of_itself(name: str) -> None:
    """Title, folder, address, licence, attribution and shards are there."""
    feed: ModuleType = FEEDS[name]

    for word in (feed.TITLE, feed.FOLDER, feed.LICENCE, feed.ATTRIBUTION):
        assert isinstance(word, str)
        assert word
    assert feed.URL.startswith("https://")
    assert not feed.URL.endswith("/")
    assert feed.SHARDS
    assert isinstance(feed.PROVEN, bool)
    assert feed.__doc__
    assert "Source: https://" in feed.__doc__


def test_folders_are_not_shared() -> None:
    """Below ``--source`` each feed has a folder of its own."""
    folders = [feed.FOLDER for feed in FEEDS.values()]

    assert len(folders) == len(set(folders))


@pytest.mark.parametrize("name", OURS)
def test_an_empty_source_is_said(name: str) -> None:
    """Where the publisher has nothing, a feed says so; it never yields an empty batch."""
    with pytest.raises(FeedError):
        list(OURS[name].fetch(job(OURS[name], {})).rows)
