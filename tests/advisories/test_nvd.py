"""The feed reads NVD by years first, by recent changes later."""

import gzip

import pytest
from msgspec.structs import replace

from pratique.advisories import nvd as feed
from pratique.advisories.interface import Batch, FeedDamaged, FeedNotFound, Since
from pratique.model.advisory import Advisory, CveRecord
from tests.makers.cve_samples import nvd, nvd_cve
from tests.makers.feed_samples import Json, fetched, job, since

ROOT = "feeds/json/cve/2.0/nvdcve-2.0-{}.json.gz"


def files(**years: Json) -> dict[str, bytes]:
    return {
        ROOT.format(name.strip("y")): gzip.compress(nvd(item), mtime=0)
        for name, item in years.items()
    }


YEARS = files(
    y2002=nvd_cve("CVE-2002-1001", "2026-01-02T00:00:00.000"),
    y2003=nvd_cve("CVE-2003-1001", "2026-01-05T00:00:00.000"),
)


def ids(rows: list[object]) -> list[str]:
    return [row.id for row in rows if isinstance(row, CveRecord)]


def test_the_first_time_all_years() -> None:
    """Everything, with the newest change remembered."""
    batch, rows = fetched(feed, YEARS)

    assert ids(list(rows)) == ["CVE-2002-1001", "CVE-2003-1001"]
    assert (batch.complete, batch.modified) == (True, "2026-01-05T00:00:00Z")
    assert set(batch.etags) == set(YEARS)


def test_later_the_recent_changes() -> None:
    """The file of recent changes serves when it begins before what the shard has."""
    first, _ = fetched(feed, YEARS)
    recent = files(modified=nvd_cve("CVE-2003-1001", "2026-01-04T00:00:00.000"))

    batch, rows = fetched(feed, YEARS | recent, since(first))

    assert (ids(list(rows)), batch.complete) == (["CVE-2003-1001"], False)


def test_after_a_long_time_the_changed_years() -> None:
    """Recent changes with a gap before them do not do; the years that changed are read."""
    first, _ = fetched(feed, YEARS)
    recent = files(modified=nvd_cve("CVE-2003-1001", "2026-03-01T00:00:00.000"))
    newer = files(y2003=nvd_cve("CVE-2003-1002", "2026-03-01T00:00:00.000"))

    batch, rows = fetched(feed, YEARS | newer | recent, since(first))

    assert (ids(list(rows)), batch.complete) == (["CVE-2003-1002"], False)
    assert fetched(feed, YEARS, since(first))[0].unchanged


def test_absent_and_damaged() -> None:
    """No first year is "no data", a cut file is damage."""
    with pytest.raises(FeedNotFound):
        fetched(feed, {})
    with pytest.raises(FeedDamaged):
        fetched(feed, {path: content[:-20] for path, content in YEARS.items()})
    with pytest.raises(FeedNotFound):
        fetched(feed, {}, Since(etags={"x": "y"}))


def products(years: dict[str, bytes], known: Since | None = None) -> tuple[Batch, list[Advisory]]:
    """Return what the shard of configurations gets."""
    work = replace(job(feed, years, since=known or Since()), shard="NVD")
    batch = feed.fetch(work)
    return batch, [row for row in batch.rows if isinstance(row, Advisory)]


def configured(criteria: str) -> Json:
    match = {"vulnerable": True, "criteria": criteria, "versionEndExcluding": "1.20.1"}
    return {"nodes": [{"operator": "OR", "cpeMatch": [match]}]}


CURL = "cpe:2.3:a:haxx:curl:*:*:*:*:*:*:*:*"
OTHER = "cpe:2.3:a:x:y:*:*:*:*:*:*:*:*"


def test_configurations_of_known_programs_have_a_shard_of_their_own() -> None:
    """The first time only records that concern a program; later also those that no longer do."""
    first = files(
        y2002=nvd_cve("CVE-2002-1001", configurations=[configured(CURL)]),
        y2003=nvd_cve("CVE-2003-1001", configurations=[configured(OTHER)]),
    )
    batch, rows = products(first)
    assert [row.id for row in rows] == ["CVE-2002-1001"]
    assert rows[0].affected[0].name == "haxx:curl"
    newer = files(y2002=nvd_cve("CVE-2002-1001", "2026-02-01T00:00:00.000"))
    delta, changed = products(first | newer, since(batch))
    assert [(row.id, row.affected) for row in changed] == [("CVE-2002-1001", ())]
    assert not delta.complete
