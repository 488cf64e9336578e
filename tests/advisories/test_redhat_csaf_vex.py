"""The feed reads Red Hat's archive first, the changed documents later."""

import pytest

from pratique.advisories import redhat_csaf_vex as feed
from pratique.advisories.interface import FeedDamaged, FeedNotFound
from pratique.model.advisory import Advisory
from tests.makers.feed_samples import fetched, since, tar_zst
from tests.makers.rpm_samples import BASEOS, vex

CURL = "pkg:rpm/redhat/curl@{}-1.el9?arch=x86_64"
OLD, NEW = ({"fixed": [(BASEOS, CURL.format(version))]} for version in ("1", "2"))
WHOLE = {
    "archive_latest.txt": b"csaf_vex_2026-01-02.tar.zst\n",
    "csaf_vex_2026-01-02.tar.zst": tar_zst(
        {
            "2026/cve-2026-1001.json": vex("CVE-2026-1001", OLD),
            "2026/cve-2026-1002.json": vex("CVE-2026-1002", OLD),
            "2026/cve-2026-1003.json": vex("CVE-2026-1003", OLD),
            "index.txt": b"text",
        }
    ),
    "changes.csv": b'"2026/cve-2026-1002.json","2026-01-02T10:00:00+00:00"\n'
    b'"2026/cve-2026-1001.json","2026-01-01T10:00:00+00:00"\n',
    "deletions.csv": b'"2026/cve-2026-1003.json","2026-01-02T11:00:00+00:00"\n',
    "2026/cve-2026-1002.json": vex("CVE-2026-1002", NEW),
}
LATER = {
    "changes.csv": b'"2026/cve-2026-1001.json","2026-01-03T10:00:00+00:00"\n'
    b'"2026/cve-2026-1009.json","2026-01-03T09:00:00+00:00"\n' + WHOLE["changes.csv"],
    "deletions.csv": b'"2026/cve-2026-1002.json","2026-01-03T11:00:00+00:00"\n',
    "2026/cve-2026-1001.json": vex("CVE-2026-1001", NEW),
}


def read(rows: list[object]) -> dict[str, str]:
    return {r.id: r.affected[0].ranges[0].fixed for r in rows if isinstance(r, Advisory)}


def test_the_archive_and_what_changed_after_it() -> None:
    """Each document once, in its newest form; deleted ones not at all."""
    batch, rows = fetched(feed, WHOLE)

    assert len(rows) == 2
    assert read(list(rows)) == {"CVE-2026-1001": "1-1.el9", "CVE-2026-1002": "2-1.el9"}
    assert (batch.complete, batch.modified) == (True, "2026-01-02T11:00:00Z")


def test_then_changes_and_deletions() -> None:
    """What is listed after that time; a document that is gone meanwhile is passed over."""
    first, _ = fetched(feed, WHOLE)

    batch, rows = fetched(feed, WHOLE | LATER, since(first))

    assert read(list(rows)) == {"CVE-2026-1001": "2-1.el9"}
    assert (batch.complete, batch.removed) == (False, ("CVE-2026-1002",))
    assert batch.modified == "2026-01-03T11:00:00Z"
    assert fetched(feed, WHOLE, since(first))[0].unchanged


@pytest.mark.parametrize(
    "broken",
    [
        {"archive_latest.txt": b"../../x"},
        {"changes.csv": b"no list"},
        {"csaf_vex_2026-01-02.tar.zst": WHOLE["csaf_vex_2026-01-02.tar.zst"][:-30]},
    ],
)
def test_damage(broken: dict[str, bytes]) -> None:
    """A listing of another shape or a cut archive is damage."""
    with pytest.raises(FeedDamaged):
        fetched(feed, WHOLE | broken)


def test_absent_and_odd() -> None:
    """No listing is "no data"; a document of another shape is noted."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    batch, _ = fetched(feed, WHOLE | {"2026/cve-2026-1002.json": b"{}"})
    assert batch.skipped[0].startswith("2026/cve-2026-1002.json: ")


def test_too_many_changes_since_the_archive() -> None:
    """Then the archive stands alone, and the next update looks again from its day on."""
    lines = "".join(
        f'"2026/cve-2026-{2000 + n}.json","2026-01-02T10:00:00+00:00"\n' for n in range(3001)
    )

    batch, rows = fetched(feed, WHOLE | {"changes.csv": lines.encode()})

    assert read(list(rows)) == {"CVE-2026-1001": "1-1.el9", "CVE-2026-1002": "1-1.el9"}
    assert batch.modified == "2026-01-02"


def test_too_many_odd_documents() -> None:
    """A feed whose single documents cannot be read is damaged."""
    paths = [f"2026/cve-2026-{2000 + n}.json" for n in range(101)]
    lines = "".join(f'"{path}","2026-01-03T10:00:00+00:00"\n' for path in paths)
    odd = dict.fromkeys(paths, b"{}")

    with pytest.raises(FeedDamaged):
        fetched(feed, WHOLE | odd | {"changes.csv": lines.encode()})
