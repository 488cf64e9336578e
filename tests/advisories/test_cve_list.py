"""The feed reads the CVE list whole first, by its log of changes later."""

import pytest

from pratique.advisories import cve_list as feed
from pratique.advisories.interface import FeedDamaged, FeedNotFound
from pratique.model.advisory import CveRecord
from tests.makers.cve_samples import cve_record, delta_log
from tests.makers.feed_samples import fetched, since, tar_gz

ARCHIVE = "archive/refs/heads/main.tar.gz"
LOG = "raw/refs/heads/main/cves/deltaLog.json"
WHOLE = {
    ARCHIVE: tar_gz(
        {
            "cvelistV5-main/cves/2026/1xxx/CVE-2026-1001.json": cve_record("CVE-2026-1001"),
            "cvelistV5-main/cves/2026/1xxx/CVE-2026-1002.json": cve_record("CVE-2026-1002"),
            "cvelistV5-main/cves/delta.json": b"{}",
        }
    ),
    LOG: delta_log(("2026-01-02T00:00:00.000Z", ["CVE-2026-1002"], [])),
}
CHANGE = {
    LOG: delta_log(
        ("2026-01-03T00:00:00.000Z", [], ["CVE-2026-1001"]),
        ("2026-01-02T00:00:00.000Z", ["CVE-2026-1002"], []),
    ),
    "raw/refs/heads/main/cves/2026/1xxx/CVE-2026-1001.json": cve_record(
        "CVE-2026-1001", "REJECTED"
    ),
}


def read(rows: list[object]) -> list[tuple[str, bool]]:
    return [(row.id, row.rejected) for row in rows if isinstance(row, CveRecord)]


def test_the_archive_first() -> None:
    """All records, and the time of the log they stand for."""
    batch, rows = fetched(feed, WHOLE)

    assert read(list(rows)) == [("CVE-2026-1001", False), ("CVE-2026-1002", False)]
    assert (batch.complete, batch.modified) == (True, "2026-01-02T00:00:00Z")


def test_then_the_changes() -> None:
    """What the log names after that time, one by one; nothing when it names none."""
    first, _ = fetched(feed, WHOLE)

    batch, rows = fetched(feed, WHOLE | CHANGE, since(first))

    assert (read(list(rows)), batch.complete) == ([("CVE-2026-1001", True)], False)
    assert batch.modified == "2026-01-03T00:00:00Z"
    assert fetched(feed, WHOLE, since(first))[0].unchanged


def test_a_log_with_a_gap_before_it() -> None:
    """A log that begins after what the shard has does not do; the archive is read."""
    first, _ = fetched(feed, WHOLE)
    late = {LOG: delta_log(("2026-03-01T00:00:00.000Z", ["CVE-2026-1002"], []))}
    newer = {ARCHIVE: tar_gz({"x/CVE-2026-1002.json": cve_record("CVE-2026-1002")})}

    batch, rows = fetched(feed, WHOLE | late | newer, since(first))

    assert (read(list(rows)), batch.complete) == ([("CVE-2026-1002", False)], True)


def test_a_mirror_without_a_log() -> None:
    """The archive alone serves too."""
    batch, rows = fetched(feed, {ARCHIVE: WHOLE[ARCHIVE]})

    assert len(rows) == 2
    assert fetched(feed, {ARCHIVE: WHOLE[ARCHIVE]}, since(batch))[0].unchanged


def test_absent_and_damaged() -> None:
    """No archive is "no data"; a cut archive or another log is damage; an odd record is noted."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    for broken in ({ARCHIVE: WHOLE[ARCHIVE][:-40]}, {LOG: b"{}"}):
        with pytest.raises(FeedDamaged):
            fetched(feed, WHOLE | broken)
    batch, rows = fetched(feed, {ARCHIVE: tar_gz({"x/CVE-2026-1001.json": b"{}"})})
    assert (rows, len(batch.skipped)) == ([], 1)
