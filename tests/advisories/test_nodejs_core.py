"""The feed reads the Node.js project's list."""

from pathlib import Path

import pytest

from pratique.advisories import nodejs_core as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import FeedDamaged, FeedNotFound, Job
from pratique.matchers.program import match
from pratique.model.advisory import Advisory
from pratique.model.package import PackageType
from tests.makers.feed_samples import as_json, fetched, since
from tests.makers.lookup import MemoryLookup, package

PATH = "nodejs/security-wg/main/vuln/core/index.json"
FILES = {PATH: as_json({"1": {"vulnerable": "4.x"}, "2": {"vulnerable": "?"}})}


def test_all_rows_and_then_none() -> None:
    """The first fetch sends everything that can be read, the next says unchanged."""
    batch, (row,) = fetched(feed, FILES)

    assert isinstance(row, Advisory)
    assert len(batch.skipped) == 1
    assert fetched(feed, FILES, since(batch))[0].unchanged


def test_absent_and_damaged() -> None:
    """A missing file is "no data", a cut one is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {PATH: FILES[PATH][:-9]})


def test_the_mirror(shared: Path) -> None:
    """All records of the mirror are read; a release shows what its security notes list."""
    work = Job(shard=feed.SHARDS[0], fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))
    batch = feed.fetch(work)
    rows = [row for row in batch.rows if isinstance(row, Advisory)]

    assert (len(rows), batch.skipped) == (171, [])
    lookup = MemoryLookup(rows)

    def flaws(version: str) -> set[str]:
        found = match(package(PackageType.GENERIC, "node", version), None, lookup)
        assert found.unknowns == ()
        return {one.rule for one in found.findings}

    # The release of 2024-04-03 fixed these two; win32 flaws do not count on Linux.
    assert flaws("20.12.0") - flaws("20.12.1") == {"CVE-2024-27982", "CVE-2024-27983"}
    assert flaws("20.12.1") == flaws("20.12.2")
    assert flaws("15.3.0") >= {"CVE-2020-8265"}
    assert "CVE-2020-8277" not in flaws("15.3.0")
    assert flaws("26.0.0") == set()
