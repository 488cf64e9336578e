"""The feed finds Alpine's releases and joins their files."""

from pathlib import Path

import pytest

from pratique.advisories import alpine_secdb as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import FeedDamaged, FeedNotFound, Job
from pratique.model.advisory import Advisory, FixState, Range
from tests.makers.feed_samples import MemoryFetcher, fetched, job, since
from tests.makers.tracker_samples import secdb

PACKAGES = {"openssl": {"3.1-r0": ["CVE-2026-1001"]}}
FILES = {
    "v3.20/main.json": secdb("v3.20", "main", PACKAGES),
    "v3.20/community.json": secdb("v3.20", "community", {"x": {"0": ["CVE-2026-1001"]}}),
    "v3.25/main.json": secdb("v3.25", "main", PACKAGES),
    "edge/main.json": secdb("edge", "main", PACKAGES),
}


def ecosystems(rows: list[object]) -> set[str]:
    return {s.ecosystem for row in rows if isinstance(row, Advisory) for s in row.affected}


def test_releases_are_found_by_asking() -> None:
    """Also one that is newer than this program knows; a flaw is one advisory across all."""
    batch, rows = fetched(feed, FILES)

    assert len(rows) == 1
    assert ecosystems(list(rows)) == {"Alpine:v3.20", "Alpine:v3.25", "Alpine:edge"}
    assert batch.complete
    assert set(batch.etags) == set(FILES)


def test_asking_ends() -> None:
    """Two missing releases in a row beyond the newest known are the end."""
    work = job(feed, FILES)
    feed.fetch(work)

    assert isinstance(work.fetcher, MemoryFetcher)
    assert "v3.27/main.json" in work.fetcher.asked
    assert "v3.28/main.json" not in work.fetcher.asked


def test_wanted_releases_only() -> None:
    """Narrowed to a release, nothing else is asked for."""
    work = job(feed, FILES, releases=("Alpine:v3.20",))

    assert ecosystems(list(feed.fetch(work).rows)) == {"Alpine:v3.20"}
    assert isinstance(work.fetcher, MemoryFetcher)
    assert work.fetcher.asked == ["v3.20/main.json", "v3.20/community.json"]


def test_a_change_in_one_file_rereads_all() -> None:
    """A flaw's statements come from every file."""
    first, _ = fetched(feed, FILES)
    newer = {**FILES, "edge/main.json": secdb("edge", "main", {"y": {"2-r0": ["CVE-2026-1001"]}})}

    unchanged, _ = fetched(feed, FILES, since(first))
    changed, rows = fetched(feed, newer, since(first))

    assert unchanged.unchanged
    assert not changed.unchanged
    assert ecosystems(list(rows)) == {"Alpine:v3.20", "Alpine:v3.25", "Alpine:edge"}


def test_no_release_and_damage() -> None:
    """Nothing there is "no data"; a file of another shape is damage."""
    with pytest.raises(FeedNotFound):
        feed.fetch(job(feed, {}))
    with pytest.raises(FeedDamaged):
        feed.fetch(job(feed, {"v3.20/main.json": b"{}"}))


def test_the_mirror(shared: Path) -> None:
    """All releases of the mirror; two known facts of v3.20 come out."""
    work = Job(shard="Alpine", fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))
    batch = feed.fetch(work)
    rows = {row.id: row for row in batch.rows if isinstance(row, Advisory)}

    assert len(batch.etags) == 41
    assert len(ecosystems(list(rows.values()))) == 21
    (openssh,) = [
        s
        for s in rows["CVE-2024-6387"].affected
        if (s.ecosystem, s.name) == ("Alpine:v3.20", "openssh")
    ]
    assert (openssh.state, openssh.ranges) == (FixState.FIXED, (Range(fixed="9.7_p1-r4"),))
