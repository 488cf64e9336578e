"""The feed reads one OVAL file per release."""

import gzip
from pathlib import Path

import pytest

from pratique.advisories import azure_linux as feed
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import FeedDamaged, FeedNotFound, Job
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since
from tests.makers.rpm_samples import oval

ROOT = "microsoft/AzureLinuxVulnerabilityData/main"
AZURE = oval([("1001", "true", [("openssl", "less than", "0:3.0-1.azl3")])])
MARINER = oval([("1002", "false", [("curl", "less than or equal", "0:8.0-1.cm2")])])
LIVE = {
    f"{ROOT}/azurelinux-3.0-oval.xml": AZURE,
    f"{ROOT}/cbl-mariner-2.0-oval.xml": MARINER,
}


def ecosystems(files: dict[str, bytes]) -> list[str]:
    rows = fetched(feed, files)[1]
    return [s.ecosystem for row in rows if isinstance(row, Advisory) for s in row.affected]


def test_both_releases() -> None:
    """CBL-Mariner 2.0 is Azure Linux 2."""
    assert ecosystems(LIVE) == ["Azure Linux:3", "Azure Linux:2"]


def test_a_mirror_may_pack_them() -> None:
    """The gzipped file is taken where the plain one is missing."""
    assert ecosystems({f"{ROOT}/azurelinux-3.0-oval.xml.gz": gzip.compress(AZURE)}) == [
        "Azure Linux:3"
    ]


def test_unchanged_absent_and_damaged() -> None:
    """Nothing new, no data, damage."""
    batch, _ = fetched(feed, LIVE)

    assert fetched(feed, LIVE, since(batch))[0].unchanged
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {f"{ROOT}/azurelinux-3.0-oval.xml": AZURE[:-30]})


def test_the_mirror(shared: Path) -> None:
    """All definitions of Azure Linux 3."""
    work = Job(shard="Azure Linux", fetcher=FolderFetcher(shared / "mirror" / feed.FOLDER))

    assert sum(1 for _ in feed.fetch(work).rows) == 1222
