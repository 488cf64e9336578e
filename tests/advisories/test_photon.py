"""The feed joins Photon's files, one per release."""

import pytest

from pratique.advisories import photon as feed
from pratique.advisories.interface import FeedDamaged, FeedNotFound
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since
from tests.makers.tracker_samples import photon

FILES = {
    "cve_data_photon4.0.json": photon(("CVE-2026-1001", "curl", "8.1-1.ph4")),
    "cve_data_photon5.0.json": photon(("CVE-2026-1001", "curl", "8.1-1.ph5")),
}


def ecosystems(rows: list[object]) -> list[str]:
    return [s.ecosystem for row in rows if isinstance(row, Advisory) for s in row.affected]


def test_one_cve_of_all_releases() -> None:
    """Releases that are not there are left out."""
    batch, rows = fetched(feed, FILES)

    assert (len(rows), ecosystems(list(rows))) == (1, ["Photon OS:4.0", "Photon OS:5.0"])
    assert fetched(feed, FILES, since(batch))[0].unchanged


def test_a_change_in_one_file_rereads_all() -> None:
    """A CVE's statements come from every file."""
    first, _ = fetched(feed, FILES)
    newer = {**FILES, "cve_data_photon5.0.json": photon(("CVE-2026-1001", "curl", "8.2-1.ph5"))}

    batch, rows = fetched(feed, newer, since(first))

    assert not batch.unchanged
    assert sorted(ecosystems(list(rows))) == ["Photon OS:4.0", "Photon OS:5.0"]


def test_absent_and_damaged() -> None:
    """No file is "no data", another shape is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {"cve_data_photon5.0.json": b"{}"})
