"""The feed reads Oracle's packed OVAL file."""

import bz2

import pytest

from pratique.advisories import oracle as feed
from pratique.advisories.interface import FeedDamaged, FeedNotFound
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since
from tests.makers.rpm_samples import elsa, elsa_file

PATH = "security/oval/com.oracle.elsa-all.xml.bz2"
FILES = {PATH: bz2.compress(elsa_file(elsa("ELSA-2026-1", ["curl is earlier than 0:1-1"])))}


def test_all_errata_and_then_none() -> None:
    """The first fetch sends everything, the next says unchanged."""
    batch, (row,) = fetched(feed, FILES)

    assert isinstance(row, Advisory)
    assert (row.id, row.feed) == ("ELSA-2026-1", feed.NAME)
    assert fetched(feed, FILES, since(batch))[0].unchanged


def test_absent_and_damaged() -> None:
    """A missing file is "no data", a cut one is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {PATH: FILES[PATH][:-9]})
