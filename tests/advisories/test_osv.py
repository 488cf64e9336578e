"""After any fetch the shard can hold exactly what the publisher lists."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pratique.advisories import osv
from pratique.advisories.fetchers import FolderFetcher
from pratique.advisories.interface import Batch, FeedDamaged, FeedNotFound, Job, Since
from pratique.model.advisory import Advisory
from tests.makers.feeds import osv_record, osv_records, write_osv

LATER = "2026-06-01T00:00:00.500000Z"


def fetch(folder: Path, since: Since | None = None, shard: str = "Debian") -> Batch:
    fetcher = FolderFetcher(folder / "osv")
    return osv.fetch(Job(shard=shard, fetcher=fetcher, since=since or Since()))


def held(records: list[dict[str, object]], **more: str) -> Since:
    known = {str(record["id"]): str(record["modified"]) for record in records}
    return Since(held={**known, **more})


def ids(batch: Batch) -> list[str]:
    return sorted(row.id for row in batch.rows if isinstance(row, Advisory))


def test_the_first_fetch_takes_the_archive(tmp_path: Path) -> None:
    """Every record, complete, and the etags for next time."""
    records = osv_records(5)
    write_osv(tmp_path, "Debian", records)

    batch = fetch(tmp_path)

    assert ids(batch) == sorted(str(record["id"]) for record in records)
    assert batch.complete
    assert set(batch.etags) == {"Debian/modified_id.csv", "Debian/all.zip"}


def test_an_unchanged_list_means_nothing_new(tmp_path: Path) -> None:
    """Known by its etag, or by holding every record as listed, however times are written."""
    records = [
        osv_record("CVE-2026-1", modified="2026-01-01T00:00:00.100000Z"),
        osv_record("CVE-2026-2", modified="2026-01-01T00:00:00Z"),
    ]
    write_osv(tmp_path, "Debian", records)
    first = fetch(tmp_path)
    same = {"CVE-2026-1": "2026-01-01T00:00:00.1Z", "CVE-2026-2": "2026-01-01T00:00:00+00:00"}

    assert len(ids(first)) == 2
    assert fetch(tmp_path, Since(etags=first.etags, held=same)).unchanged
    assert fetch(tmp_path, Since(held=same)).unchanged


def test_few_changes_come_record_by_record(tmp_path: Path) -> None:
    """Changed and new records are fetched, the archive is not; gone ones are named."""
    records = osv_records(20)
    before = held(records, **{"CVE-GONE": "2026-01-01T00:00:00Z"})
    records[3] = osv_record("DEBIAN-CVE-2026-1003", package="new", modified=LATER)
    records.append(osv_record("DEBIAN-CVE-2026-2000"))
    place = write_osv(tmp_path, "Debian", records, singles=True)
    (place / "all.zip").unlink()

    batch = fetch(tmp_path, before)

    assert ids(batch) == ["DEBIAN-CVE-2026-1003", "DEBIAN-CVE-2026-2000"]
    assert not batch.complete
    assert batch.removed == ("CVE-GONE",)


def test_a_date_in_the_future_hides_no_change(tmp_path: Path) -> None:
    """The list is compared record by record, not by the newest date seen."""
    records = [osv_record("PYSEC-2025-19", "PyPI", modified="2099-07-09T15:54:00Z")]
    records += osv_records(20, "PyPI")
    before = held(records)
    records[4] = osv_record(str(records[4]["id"]), "PyPI", modified=LATER)
    write_osv(tmp_path, "PyPI", records, singles=True)

    assert ids(fetch(tmp_path, before, "PyPI")) == [records[4]["id"]]


def test_a_mirror_without_single_records_gives_the_archive(tmp_path: Path) -> None:
    """404 on a delta leads to the whole."""
    records = osv_records(20)
    before = held(records)
    records[0] = osv_record("DEBIAN-CVE-2026-1000", modified=LATER)
    write_osv(tmp_path, "Debian", records)

    batch = fetch(tmp_path, before)

    assert batch.complete
    assert len(ids(batch)) == 20


def test_many_changes_take_the_archive(tmp_path: Path) -> None:
    """Beyond a quarter of all records one file is cheaper; so is it after a shrunken list."""
    records = osv_records(20)
    write_osv(tmp_path, "Debian", records, singles=True)
    stale = Since(held={str(record["id"]): "2020-01-01T00:00:00Z" for record in records[:6]})
    shrunken = held(records, **{f"CVE-{n}": "x" for n in range(30)})

    for since in (Since(held={**held(records).held, **stale.held}), shrunken):
        batch = fetch(tmp_path, since)
        assert batch.complete
        assert len(ids(batch)) == 20


def test_a_source_without_a_list_goes_by_the_archives_etag(tmp_path: Path) -> None:
    """A mirror may carry ``all.zip`` alone."""
    place = write_osv(tmp_path, "Debian", osv_records(3))
    (place / "modified_id.csv").unlink()

    batch = fetch(tmp_path)

    assert len(ids(batch)) == 3
    assert fetch(tmp_path, Since(etags=batch.etags, held={"x": "y"})).unchanged


def test_an_ecosystem_that_is_not_there(tmp_path: Path) -> None:
    """No data is FeedNotFound, not an empty feed."""
    write_osv(tmp_path, "Debian", osv_records(1))

    with pytest.raises(FeedNotFound):
        fetch(tmp_path, shard="Alpine")


def test_the_publisher_names_its_ecosystems(tmp_path: Path) -> None:
    """Directories that are no ecosystem, or a release of one, are left out."""
    (tmp_path / "ecosystems.txt").write_text("Debian\nRed Hat\nAlpine:v3.20\n[EMPTY]\nGIT\n\n")

    assert osv.shards(FolderFetcher(tmp_path)) == ("Alpine", "Debian", "Red Hat")


def test_a_listed_record_dates_itself_by_the_list(tmp_path: Path) -> None:
    """Where list and record differ, the list decides, or the record would be fetched for ever."""
    records = osv_records(20)
    before = held(records)
    place = write_osv(tmp_path, "Debian", records, singles=True)
    listing = place / "modified_id.csv"
    text = listing.read_text().replace(
        "2026-01-02T03:04:05Z,DEBIAN-CVE-2026-1007", f"{LATER},DEBIAN-CVE-2026-1007"
    )
    listing.write_text(text)

    [row] = fetch(tmp_path, before).rows

    assert isinstance(row, Advisory)
    assert row.modified == "2026-06-01T00:00:00.5"


def rewrite(place: Path, members: Mapping[str, str]) -> None:
    with zipfile.ZipFile(place / "all.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_a_strange_record_is_skipped_and_named(tmp_path: Path) -> None:
    """One record of another shape does not stop the feed."""
    place = write_osv(tmp_path, "Debian", [])
    good = json.dumps(osv_record("CVE-2026-1"))
    rewrite(place, {"CVE-2026-1.json": good, "CVE-2026-2.json": '{"id": ["CVE-2026-2"]}'})

    batch = fetch(tmp_path)

    assert ids(batch) == ["CVE-2026-1"]
    assert [line.partition(":")[0] for line in batch.skipped] == ["CVE-2026-2"]


@pytest.mark.parametrize(
    "members",
    [
        {"CVE-2026-1.json": '{"id": "CVE-2026-1", "affec'},
        {f"CVE-{n}.json": '{"id": 1}' for n in range(osv.MAX_SKIPPED + 1)},
    ],
    ids=["cut record", "too many strange ones"],
)
def test_a_damaged_archive_is_said_so(tmp_path: Path, members: dict[str, str]) -> None:
    """Cut JSON, or a feed that changed its format."""
    rewrite(write_osv(tmp_path, "Debian", []), members)

    with pytest.raises(FeedDamaged):
        ids(fetch(tmp_path))


@pytest.mark.parametrize("listing", ["2026-01-02T03:04:05Z,CVE-1", "<html>\n", "\n"])
def test_a_damaged_list_is_said_so(tmp_path: Path, listing: str) -> None:
    """A list that was cut would look like deleted records."""
    place = write_osv(tmp_path, "Debian", osv_records(2))
    (place / "modified_id.csv").write_text(listing)

    with pytest.raises(FeedDamaged):
        fetch(tmp_path)


@pytest.mark.parametrize("content", ['{"id": "CVE-other"}', '{"id": "DEBIAN-CVE-2026'])
def test_a_damaged_single_record_is_said_so(tmp_path: Path, content: str) -> None:
    """Another record's content, or a part."""
    records = osv_records(20)
    before = held(records)
    records[0] = osv_record("DEBIAN-CVE-2026-1000", modified=LATER)
    place = write_osv(tmp_path, "Debian", records, singles=True)
    (place / "DEBIAN-CVE-2026-1000.json").write_text(content)

    with pytest.raises(FeedDamaged):
        fetch(tmp_path, before)


def test_real_records_are_all_read(shared: Path) -> None:
    """The smaller ecosystems of the mirror, every record of them, none skipped."""
    for ecosystem in ("Hackage", "Hex", "Pub", "SwiftURL", "crates.io"):
        fetcher = FolderFetcher(shared / "mirror/osv")
        batch = osv.fetch(Job(shard=ecosystem, fetcher=fetcher))
        listed = (shared / "mirror/osv" / ecosystem / "modified_id.csv").read_text().splitlines()

        rows = [row for row in batch.rows if isinstance(row, Advisory)]

        assert sorted(row.id for row in rows) == sorted(line.partition(",")[2] for line in listed)
        assert batch.skipped == []
