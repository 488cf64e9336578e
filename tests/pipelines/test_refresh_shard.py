"""A shard follows its feeds, and stays good whatever happens to them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pratique.advisories.database import Database
from pratique.advisories.interface import FeedDamaged, Row
from pratique.advisories.shards.shard import Shard
from pratique.model.errors import FormatError, StorageError
from pratique.pipelines import shard_files
from pratique.pipelines.db_feeds import Feeds
from pratique.pipelines.db_settings import DbSettings, Outcome, Refreshed
from pratique.pipelines.refresh_shard import refresh
from tests.makers.fake_feeds import FakeFeed
from tests.makers.shards import advisory

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class House:
    """A folder of shards and two feeds that can be told what to say."""

    def __init__(self, folder: Path) -> None:
        rows: list[Row | Exception] = [advisory("CVE-1", feed="native")]
        self.native = FakeFeed("native", rows, precedence=10)
        other: list[Row | Exception] = [advisory("CVE-1"), advisory("CVE-2")]
        self.osv = FakeFeed("osv", other, precedence=50)
        self.settings = DbSettings(folder=folder, now=NOW, environ={})

    def refresh(self, **changes: object) -> Refreshed:
        self.settings = msgspec.structs.replace(self.settings, **changes)
        with Feeds(self.settings, [self.osv, self.native]) as feeds:
            return refresh("Debian", feeds, self.settings)

    def found(self) -> list[tuple[str, str]]:
        with Database(self.settings.folder) as database:
            found = database.candidates("Debian:12", "openssl")
            return [(c.advisory.feed, str(c.advisory.id)) for c in found]

    def problems(self) -> dict[str, str]:
        shard = Shard(self.path())
        found = {row.name: row.problem for row in shard.feeds.values()}
        shard.close()
        return found

    def path(self) -> Path:
        return shard_files.shard_path(self.settings.folder, "Debian")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "shards")


BOTH = [("native", "CVE-1"), ("osv", "CVE-1"), ("osv", "CVE-2")]


def test_a_shard_is_built_from_all_its_feeds(house: House) -> None:
    """Native first; the result says how much."""
    result = house.refresh()

    assert (result.outcome, result.records, result.problems) == (Outcome.BUILT, 3, ())
    assert result.size_bytes == house.path().stat().st_size
    assert house.found() == BOTH


def test_what_is_held_is_told_to_the_feeds(house: House) -> None:
    """Etags, time and records come back with the next job."""
    house.refresh()
    house.refresh()

    since = house.osv.jobs[1].since
    assert since.etags == {"file": "1"}
    assert since.modified == "2026-01-01T00:00:00Z"
    # The job outlives the refresh here, so the lazily read part has nothing to read from any more.
    assert house.osv.jobs[0].since.held == {}


def test_nothing_new_writes_nothing_but_the_time(house: House) -> None:
    """The file stays the same file."""
    house.refresh()
    before = house.path().stat()
    house.native.unchanged = house.osv.unchanged = True

    result = house.refresh(now=NOW + timedelta(days=1))

    assert result.outcome is Outcome.UNCHANGED
    assert house.path().stat().st_ino == before.st_ino
    assert shard_files.checked(house.settings.folder, "Debian") == before.st_mtime + 86400


def test_one_feed_is_replaced_the_other_kept(house: House) -> None:
    """A feed without news keeps its rows."""
    house.refresh()
    house.osv.unchanged = True
    house.native.rows = [advisory("CVE-9", feed="native")]

    assert house.refresh().outcome is Outcome.PATCHED
    assert house.found() == [("native", "CVE-9"), *BOTH[1:]]


def test_a_delta_changes_only_what_it_names(house: House) -> None:
    """Rows are replaced by id, removed ones go, etags add up."""
    house.refresh()
    house.native.unchanged = True
    house.osv.complete = False
    house.osv.rows = [advisory("CVE-2", "curl"), advisory("CVE-3")]
    house.osv.removed = ("CVE-1",)

    assert house.refresh().outcome is Outcome.PATCHED
    assert house.found() == [("native", "CVE-1"), ("osv", "CVE-3")]


def test_a_feed_that_is_down_costs_its_own_news_only(house: House) -> None:
    """The other feed's news come in, its old rows stay, and the failure is told."""
    house.refresh()
    house.osv.down = True
    house.native.rows = [advisory("CVE-9", feed="native")]

    result = house.refresh()

    assert result.outcome is Outcome.PATCHED
    assert result.problems == ("osv: cannot reach it",)
    assert house.found() == [("native", "CVE-9"), *BOTH[1:]]


@pytest.mark.parametrize(
    "failure", [FeedDamaged("cut"), FormatError("no record")], ids=["feed", "format"]
)
def test_rows_that_break_off_leave_the_old_rows(house: House, failure: Exception) -> None:
    """A feed that fails in the middle is left out; what it said before that does not count."""
    house.refresh()
    house.osv.rows = [advisory("CVE-7"), failure]
    house.native.rows = [advisory("CVE-9", feed="native")]

    result = house.refresh()

    assert [line.partition(":")[0] for line in result.problems] == ["osv"]
    assert house.found() == [("native", "CVE-9"), *BOTH[1:]]


def test_a_first_build_goes_on_without_a_broken_feed(house: House) -> None:
    """Half the data are better than none, and it is said which half."""
    house.osv.rows = [advisory("CVE-7"), FeedDamaged("cut")]

    result = house.refresh()

    assert (result.outcome, result.problems) == (Outcome.BUILT, ("osv: cut",))
    assert house.found() == [("native", "CVE-1")]


def test_a_failure_is_kept_in_mind_until_it_is_mended(house: House) -> None:
    """The shard says whose news it lacks; a later success, even without news, clears that."""
    house.osv.down = True
    house.refresh()
    assert house.problems() == {"native": "", "osv": "cannot reach it"}

    house.osv.down = False
    house.native.unchanged = True
    assert house.refresh().outcome is Outcome.PATCHED
    assert house.problems() == {"native": "", "osv": ""}

    house.native.unchanged, house.native.down = False, True
    house.refresh()
    assert house.problems()["native"]
    house.native.down, house.native.unchanged, house.osv.unchanged = False, True, True
    house.refresh()
    assert house.problems() == {"native": "", "osv": ""}
    assert house.found() == BOTH


def test_all_feeds_down_keep_the_shard_and_its_age(house: House) -> None:
    """It does not count as checked, so the next run tries again."""
    house.refresh()
    house.osv.down = house.native.down = True

    result = house.refresh(now=NOW + timedelta(days=9))

    assert result.outcome is Outcome.KEPT
    assert len(result.problems) == 2
    assert house.found() == BOTH
    assert shard_files.checked(house.settings.folder, "Debian") == NOW.timestamp()


def test_no_data_is_told_from_failure(house: House) -> None:
    """Nobody has the ecosystem, or nobody could be asked; neither leaves a file."""
    house.osv.rows = house.native.rows = None
    assert house.refresh().outcome is Outcome.NO_DATA
    house.osv.down = True
    assert house.refresh().outcome is Outcome.FAILED
    assert not house.path().exists()


@pytest.mark.parametrize("rows", [None, []], ids=["gone", "empty"])
def test_a_feed_that_vanishes_is_a_failure(house: House, rows: list[Row] | None) -> None:
    """What it said stays: a publisher does not withdraw everything at once."""
    house.refresh()
    house.osv.rows = rows  # type: ignore[assignment]
    house.native.unchanged = True

    result = house.refresh()

    assert [line.partition(":")[0] for line in result.problems] == ["osv"]
    assert house.found() == BOTH


def test_another_layout_is_built_again_and_said(house: House) -> None:
    """A shard of another schema version is no base for a patch."""
    house.refresh()
    with closing(sqlite3.connect(house.path())) as database, database:
        database.execute("PRAGMA user_version=999")

    result = house.refresh()

    assert result.outcome is Outcome.BUILT
    assert "another version" in result.notes[0]
    assert house.found() == BOTH


def test_a_damaged_shard_is_built_again_and_said(house: House) -> None:
    """So is one that is no database at all."""
    house.refresh()
    house.path().write_bytes(b"junk")

    result = house.refresh()

    assert result.notes
    assert house.found() == BOTH


def test_releases_narrow_a_feed_and_add_up(house: House) -> None:
    """A wider need fetches the union anew; a feed of all releases is never narrowed."""
    house.native.NARROWS = True
    house.refresh(releases=("Debian:12", "Alpine:v3.20"))
    house.refresh(releases=("Debian:13",))
    house.refresh(releases=("Debian:12",))
    house.refresh(releases=())

    asked = [job.releases for job in house.native.jobs]
    assert asked == [("Debian:12",), ("Debian:12", "Debian:13"), ("Debian:12", "Debian:13"), ()]
    assert [bool(job.since.etags) for job in house.native.jobs] == [False, False, True, False]
    assert {job.releases for job in house.osv.jobs} == {()}


def test_a_full_disk_leaves_the_old_shard(house: House) -> None:
    """It is the user's to mend, so it is raised; nothing half-written stays."""
    house.refresh()
    house.osv.rows = [advisory("CVE-7"), StorageError("no space left")]

    with pytest.raises(StorageError):
        house.refresh()

    assert house.found() == BOTH
    assert {entry.name for entry in house.settings.folder.iterdir()} == {
        "Debian.sqlite",
        ".Debian.sqlite.lock",
    }


def test_skipped_records_are_kept_in_mind(house: House) -> None:
    """``db status`` can name them."""
    house.osv.skipped = ["CVE-8: strange"]
    house.refresh()

    shard = Shard(house.path())
    assert [row.skipped for row in shard.feeds.values()] == [(), ("CVE-8: strange",)]
    shard.close()
