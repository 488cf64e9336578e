"""The feed reads the tracker's archive, from its repository or a mirror."""

import lzma
from pathlib import Path

import pytest

from pratique.advisories import ubuntu_tracker as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import FeedDamaged, FeedNotFound, Job
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since, tar, tar_gz
from tests.makers.tracker_samples import ubuntu

TREE = {
    "ubuntu-cve-tracker-master/README": b"text",
    "ubuntu-cve-tracker-master/active/00boilerplate": b"Candidate:\n",
    "ubuntu-cve-tracker-master/active/CVE-2026-1001": ubuntu(
        "CVE-2026-1001", ["jammy_openssl: needed"]
    ),
    "ubuntu-cve-tracker-master/retired/CVE-2026-1002": ubuntu("CVE-2026-1002", []),
    "ubuntu-cve-tracker-master/scripts/CVE-2026-1003": b"no",
}
LIVE = "snapshot/ubuntu-cve-tracker-master.tar.gz"
MIRROR = "ubuntu-cve-tracker-master.tar.xz"


@pytest.mark.parametrize(
    ("path", "packed"), [(LIVE, tar_gz(TREE)), (MIRROR, lzma.compress(tar(TREE)))]
)
def test_both_layouts(path: str, packed: bytes) -> None:
    """The repository's snapshot and the mirror's archive give the same."""
    batch, rows = fetched(feed, {path: packed})

    assert [row.id for row in rows if isinstance(row, Advisory)] == [
        "CVE-2026-1001",
        "CVE-2026-1002",
    ]
    assert fetched(feed, {path: packed}, since(batch))[0].unchanged


def test_one_odd_file_is_noted() -> None:
    """A file that is no CVE is skipped and named; the others stand."""
    tree = {**TREE, "x/active/CVE-2026-1004": b"Candidate: none\n"}

    batch, rows = fetched(feed, {LIVE: tar_gz(tree)})

    assert len(rows) == 2
    assert len(batch.skipped) == 1
    assert "CVE-2026-1004" in batch.skipped[0]


def test_absent_and_damaged() -> None:
    """A missing archive is "no data", a cut one is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {LIVE: tar_gz(TREE)[:200]})


def test_the_mirror(shared: Path) -> None:
    """All 16,570 files of the mirror are read, none is skipped."""
    work = Job(shard="Ubuntu", fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))
    batch = feed.fetch(work)

    assert sum(1 for _ in batch.rows) == 16_570
    assert batch.skipped == []
