"""The feed finds the errata of each release, live or in a mirror."""

import gzip
from pathlib import Path

import pytest

from pratique.advisories import amazon as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import FeedDamaged, FeedNotFound, Job
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since
from tests.makers.rpm_samples import repomd, update, updateinfo

PACKAGES = [("openssl", "1", "1.0.2k", "24.amzn2", "x86_64")]
ERRATA = gzip.compress(updateinfo([update("ALAS2-1", PACKAGES)]), mtime=0)
LIVE = {
    "2/core/latest/x86_64/mirror.list": b"https://cdn.example/2/core/2.0/x86_64/abc\nhttps://x/y\n",
    "2/core/2.0/x86_64/abc/repodata/repomd.xml": repomd(),
    "2/core/2.0/x86_64/abc/repodata/abc-updateinfo.xml.gz": ERRATA,
}
MIRROR = {"2023/core/repodata/updateinfo.xml.gz": ERRATA}


def test_discovery_by_mirror_list() -> None:
    """mirror.list names the repository, repomd.xml the file; the host is the feed's own."""
    batch, (row,) = fetched(feed, LIVE)

    assert isinstance(row, Advisory)
    assert row.affected[0].ecosystem == "Amazon Linux:2"
    assert list(batch.etags) == ["2/core/2.0/x86_64/abc/repodata/abc-updateinfo.xml.gz"]
    assert fetched(feed, LIVE, since(batch))[0].unchanged


def test_a_mirror_without_discovery() -> None:
    """The plain file is taken, in the release it lies under."""
    _, (row,) = fetched(feed, MIRROR)

    assert isinstance(row, Advisory)
    assert row.affected[0].ecosystem == "Amazon Linux:2023"


def test_both_releases() -> None:
    """Errata of all releases that are there."""
    assert len(fetched(feed, LIVE | MIRROR)[1]) == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"2/core/latest/x86_64/mirror.list": b""},
        {"2/core/latest/x86_64/mirror.list": b"https://cdn.example/../../etc"},
        {"2/core/2.0/x86_64/abc/repodata/repomd.xml": b"<repomd/>"},
        {"2/core/2.0/x86_64/abc/repodata/abc-updateinfo.xml.gz": ERRATA[:100]},
    ],
)
def test_damage(broken: dict[str, bytes]) -> None:
    """A step that does not lead on is damage, not an empty feed."""
    with pytest.raises(FeedDamaged):
        fetched(feed, LIVE | broken)


def test_absent() -> None:
    """Without any release there is no data."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})


def test_the_mirror(shared: Path) -> None:
    """1,618 and 816 errata."""
    work = Job(shard="Amazon Linux", fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))

    assert sum(1 for _ in feed.fetch(work).rows) == 1618 + 816
