"""A run gets the data it needs, as fresh as can be had, and what is lacking is said."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pratique.kit.http import Backoff
from pratique.model.errors import FeedError, UsageError
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines import shard_files
from pratique.pipelines.db_settings import DbSettings, Outcome
from pratique.pipelines.update_db import available, ensure, update
from tests.makers.feed_server import Fault, FeedServer, serving
from tests.makers.feeds import osv_record, osv_records, write_osv

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SMALL = {"end-of-life", "epss", "kev"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "source"
    write_osv(place, "Debian", osv_records(30))
    write_osv(place, "PyPI", [osv_record("PYSEC-1", "PyPI", "django")])
    return place


def settings(tmp_path: Path, source: object, **changes: object) -> DbSettings:
    made = DbSettings(
        folder=tmp_path / "shards",
        now=NOW,
        source=str(source),
        environ={},
        backoff=Backoff(retries=0, sleep=lambda _: None),
    )
    return msgspec.structs.replace(made, **changes)


def count(tmp_path: Path, **changes: object) -> int:
    """Return how many of the made advisories a scan would find."""
    database, _ = ensure(["Debian:12"], settings(tmp_path, "/", offline=True, **changes))
    with database:
        return sum(len(database.candidates("Debian:12", f"package-{n}")) for n in range(40))


def ensured(bases: Sequence[str], settings: DbSettings) -> Sequence[Unknown]:
    """Get what a run needs, and leave it at once; return what is lacking."""
    database, unknowns = ensure(bases, settings)
    database.close()
    return unknowns


def said(unknowns: object) -> dict[str, str]:
    return {unknown.location: unknown.reason for unknown in unknowns}  # type: ignore[attr-defined]


def test_a_first_scan_fetches_what_it_needs_and_no_more(tmp_path: Path, source: Path) -> None:
    """The ecosystems of the image and the small shards; others stay away."""
    with serving(source) as server:
        database, unknowns = ensure(["Debian:12"], settings(tmp_path, server.url))
        with database:
            assert len(database.candidates("Debian:12", "package-3")) == 1
            assert database.status("Debian").present
    assert set(said(unknowns)) == SMALL  # this source has none of them
    assert {u.stage for u in unknowns} == {Stage.ADVISORY}
    assert {u.weight for u in unknowns} == {Weight.COVERAGE}
    assert not any("PyPI" in path for path in server.answered(200))


def test_fresh_data_are_not_asked_for_again(tmp_path: Path, source: Path) -> None:
    """Within the age allowed nobody is contacted about them, beyond it they are."""
    with serving(source) as server:
        ensured(["Debian:12"], settings(tmp_path, server.url))
        server.forget()
        ensured(["Debian:12"], settings(tmp_path, server.url, now=NOW + timedelta(hours=23)))
        assert not any("Debian" in path for path, _, _ in server.requests)
        ensured(["Debian:12"], settings(tmp_path, server.url, now=NOW + timedelta(hours=25)))
        assert server.answered(304) == ["osv/Debian/modified_id.csv"]
        server.forget()
        ensured(["Debian:12"], settings(tmp_path, server.url, now=NOW + timedelta(hours=26)))
        assert not any("Debian" in path for path, _, _ in server.requests)


def test_data_of_the_future_are_asked_for_again(tmp_path: Path, source: Path) -> None:
    """A clock that was years ahead once must not keep the data of that day for years."""
    with serving(source) as server:
        ensured(["Debian:12"], settings(tmp_path, server.url, now=NOW + timedelta(days=4000)))
        server.forget()
        ensured(["Debian:12"], settings(tmp_path, server.url))
        assert server.answered(304) == ["osv/Debian/modified_id.csv"]
        server.forget()
        ensured(["Debian:12"], settings(tmp_path, server.url))
        assert not any("Debian" in path for path, _, _ in server.requests)


def test_an_ecosystem_nobody_has_is_said(tmp_path: Path, source: Path) -> None:
    """No data is a coverage Unknown, and never clean."""
    database, unknowns = ensure(["Fedora:41"], settings(tmp_path, source))

    with database:
        assert not database.status("Fedora").present
    assert said(unknowns)["Fedora"] == "no data: no feed has any"


def test_offline_uses_what_is_there(tmp_path: Path, source: Path) -> None:
    """Old data without a word, absent data with one, and nobody is asked."""
    ensured(["Debian:12"], settings(tmp_path, source))
    with serving(source) as server:
        later = NOW + timedelta(days=400)
        offline = settings(tmp_path, server.url, offline=True, now=later)
        database, unknowns = ensure(["Debian:12", "PyPI"], offline)
        with database:
            assert database.status("Debian").present
        assert server.requests == []
    assert set(said(unknowns)) == {"PyPI", *SMALL}
    assert "--offline" in said(unknowns)["PyPI"]


def test_an_unreachable_publisher_leaves_the_old_data_in_use(tmp_path: Path, source: Path) -> None:
    """Their age is said; the next run tries again."""
    ensured(["Debian:12"], settings(tmp_path, source))
    later = settings(tmp_path, "http://127.0.0.1:1", now=NOW + timedelta(days=3))

    database, unknowns = ensure(["Debian:12", "PyPI"], later)

    with database:
        assert len(database.candidates("Debian:12", "package-3")) == 1
    assert "data of 3 days ago from" in said(unknowns)["Debian"]
    assert said(unknowns)["PyPI"].startswith("no data: ")


def test_a_missing_feed_is_said_every_time(tmp_path: Path, source: Path) -> None:
    """Until it can be had: a scan within the hour tries again, one offline repeats the word."""
    tracker = "debian-tracker/tracker/data/json"
    with serving(source) as server:
        server.faults[tracker] = Fault(status=403)
        for _ in range(2):
            unknowns = ensured(["Debian:12"], settings(tmp_path, server.url))
            assert "debian-tracker: cannot fetch" in said(unknowns)["Debian"]
        unknowns = ensured(["Debian:12"], settings(tmp_path, server.url, offline=True))
        assert "without news of one of its feeds" in said(unknowns)["Debian"]
        server.faults.clear()
        unknowns = ensured(["Debian:12"], settings(tmp_path, server.url))
        assert set(said(unknowns)) == SMALL


def test_a_read_only_folder_is_no_obstacle_to_old_data(tmp_path: Path, source: Path) -> None:
    """The scan goes on with what is there, and says so."""
    ensured(["Debian:12"], settings(tmp_path, source))
    (tmp_path / "shards" / ".Debian.sqlite.lock").unlink()
    (tmp_path / "shards" / ".Debian.sqlite.lock").mkdir()  # refuses also root, unlike a mode

    later = settings(tmp_path, source, now=NOW + timedelta(days=3))
    database, unknowns = ensure(["Debian:12"], later)

    with database:
        assert database.status("Debian").present
    assert "update failed" in said(unknowns)["Debian"]


def test_a_source_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    """A mistyped folder must not look like missing data."""
    with pytest.raises(UsageError):
        ensured(["Debian:12"], settings(tmp_path, tmp_path / "absent"))


def run(tmp_path: Path, server: FeedServer, *shards: str, **changes: object) -> list[Outcome]:
    return [r.outcome for r in update(shards, settings(tmp_path, server.url, **changes))]


def test_a_delta_transfers_little(tmp_path: Path, source: Path) -> None:
    """One changed record of thirty costs the list and that record."""
    with serving(source) as server:
        assert run(tmp_path, server, "Debian") == [Outcome.BUILT]
        server.forget()
        records = osv_records(30)
        records[7] = osv_record(
            "DEBIAN-CVE-2026-1007", package="package-39", modified="2026-06-01T00:00:00Z"
        )
        del records[8]
        write_osv(source, "Debian", records, singles=True)

        assert run(tmp_path, server, "Debian") == [Outcome.PATCHED]

        assert server.answered(200) == [
            "osv/Debian/modified_id.csv",
            "osv/Debian/DEBIAN-CVE-2026-1007.json",
        ]
    database, _ = ensure(["Debian:12"], settings(tmp_path, "/", offline=True))
    with database:
        found = {n for n in range(40) if database.candidates("Debian:12", f"package-{n}")}
    assert found == {*range(30), 39} - {7, 8}


def test_a_delta_without_single_records_takes_the_archive(tmp_path: Path, source: Path) -> None:
    """404 leads to the whole, which replaces everything."""
    with serving(source) as server:
        run(tmp_path, server, "Debian")
        records = osv_records(29)
        records[7] = osv_record("DEBIAN-CVE-2026-1007", modified="2026-06-01T00:00:00Z")
        write_osv(source, "Debian", records)

        assert run(tmp_path, server, "Debian") == [Outcome.BUILT]
    assert count(tmp_path) == 28


def test_an_update_without_news_changes_the_time_alone(tmp_path: Path, source: Path) -> None:
    """A 304 costs no write; the shard counts as checked now."""
    later = NOW + timedelta(days=2)
    with serving(source) as server:
        run(tmp_path, server, "Debian")
        before = shard_files.shard_path(tmp_path / "shards", "Debian").stat().st_ino

        assert run(tmp_path, server, "Debian", now=later) == [Outcome.UNCHANGED]

    folder = tmp_path / "shards"
    assert shard_files.checked(folder, "Debian") == later.timestamp()
    assert shard_files.shard_path(folder, "Debian").stat().st_ino == before


@pytest.mark.parametrize("fault", [Fault(cut=True), Fault(corrupt=True), Fault(status=503)])
def test_a_broken_archive_leaves_the_old_shard(tmp_path: Path, source: Path, fault: Fault) -> None:
    """Cut, corrupted or refused: what was there answers as before."""
    with serving(source) as server:
        run(tmp_path, server, "Debian")
        write_osv(source, "Debian", osv_records(10))
        server.faults["osv/Debian/all.zip"] = fault

        assert run(tmp_path, server, "Debian") == [Outcome.KEPT]
        assert count(tmp_path) == 30
        server.faults.clear()
        assert run(tmp_path, server, "Debian") == [Outcome.BUILT]
        assert count(tmp_path) == 10


def test_what_a_source_has_can_be_asked(tmp_path: Path, source: Path) -> None:
    """Ecosystems as the publisher lists them, and the shards of the other feeds."""
    names = available(settings(tmp_path, source))

    assert {"Debian", "PyPI", "kev"} <= set(names)
    with pytest.raises(FeedError):
        available(settings(tmp_path, "http://127.0.0.1:1"))


def test_another_source_is_never_mixed_in(tmp_path: Path, source: Path) -> None:
    """What one mirror said is not told in the name of another, however fresh it is."""
    other = tmp_path / "other"
    write_osv(other, "Debian", osv_records(3))
    ensured(["Debian:12"], settings(tmp_path, source))
    assert count(tmp_path) == 30
    ensured(["Debian:12"], settings(tmp_path, other))
    assert count(tmp_path) == 3
    ensured(["Debian:12"], settings(tmp_path, f"{source}/"))
    assert count(tmp_path) == 30


def test_a_source_without_data_takes_the_other_ones_away(tmp_path: Path, source: Path) -> None:
    """A mirror that knows nothing of Debian gives "no data", not what another mirror said."""
    empty = tmp_path / "empty"
    write_osv(empty, "PyPI", [osv_record("PYSEC-1", "PyPI", "django")])
    ensured(["Debian:12"], settings(tmp_path, source))
    database, unknowns = ensure(["Debian:12"], settings(tmp_path, empty))

    with database:
        assert not database.status("Debian").present
    assert said(unknowns)["Debian"] == "no data: no feed has any"


def test_data_of_another_source_are_kept_only_with_a_word(tmp_path: Path, source: Path) -> None:
    """Where the wanted source cannot be reached, the old data serve and that is said."""
    ensured(["Debian:12"], settings(tmp_path, source))
    database, unknowns = ensure(["Debian:12"], settings(tmp_path, "http://127.0.0.1:1"))

    with database:
        assert database.status("Debian").present
    assert said(unknowns)["Debian"].startswith(f"data of 0 minutes ago from {source} are used")
    assert count(tmp_path) == 30


def test_offline_asks_no_source(tmp_path: Path, source: Path) -> None:
    """Data that were carried here serve, wherever they were built."""
    ensured(["Debian:12"], settings(tmp_path, source))
    database, unknowns = ensure(["Debian:12"], settings(tmp_path, "/", offline=True))

    with database:
        assert database.status("Debian").present
    assert "Debian" not in said(unknowns)


def test_a_login_in_the_address_is_not_kept(tmp_path: Path) -> None:
    """The origin is written into the shard, which may be exported."""
    assert settings(tmp_path, "https://me:secret@m.example/f/").origin() == "https://m.example/f"
    assert settings(tmp_path, "").origin() == ""
