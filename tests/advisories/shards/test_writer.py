"""A shard holds what its feeds said last."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.advisories.interface import EndOfLife, EpssRow, ExploitedRow
from pratique.advisories.shards.shard import Shard
from pratique.advisories.shards.writer import ShardWriter
from pratique.model.advisory import CveRecord, Epss, Exploited
from pratique.model.errors import StorageError
from tests.makers.shards import NATIVE, NOW, OSV, advisory, write_shard


def ids(path: Path, package: str = "openssl", ecosystem: str = "Debian:12") -> list[str]:
    shard = Shard(path)
    try:
        return [candidate.advisory.id for candidate in shard.candidates(ecosystem, package)]
    finally:
        shard.close()


def test_withdrawn_and_empty_records_are_held_but_not_found(tmp_path: Path) -> None:
    """They are known by id, so that a delta does not fetch them again."""
    rows = [
        advisory("CVE-2026-1"),
        advisory("CVE-2026-2", withdrawn="2026-02-01T00:00:00Z"),
        advisory("CVE-2026-3", affected=()),
    ]
    path = write_shard(tmp_path, "Debian", [(OSV, rows)])

    shard = Shard(path)

    assert ids(path) == ["CVE-2026-1"]
    assert sorted(shard.since("osv").held) == ["CVE-2026-1", "CVE-2026-2", "CVE-2026-3"]
    assert [feed.records for feed in shard.feeds.values()] == [1]
    shard.close()


def test_a_record_that_comes_twice_counts_once(tmp_path: Path) -> None:
    """The later one stands, as files of one archive may repeat."""
    rows = [advisory("CVE-2026-1", fixed="1"), advisory("CVE-2026-1", "curl", fixed="2")]
    path = write_shard(tmp_path, "Debian", [(OSV, rows)])

    assert ids(path) == []
    assert ids(path, "curl") == ["CVE-2026-1"]


def test_a_feed_is_patched_alone(tmp_path: Path) -> None:
    """Changed records are replaced, removed ones gone, the other feed's untouched."""
    native = [advisory("CVE-2026-1", feed="native")]
    osv = [advisory(f"CVE-2026-{n}") for n in (1, 2, 3)]
    path = write_shard(tmp_path, "Debian", [(NATIVE, native), (OSV, osv)])

    with ShardWriter(path, fresh=False) as writer:
        number = writer.open_feed(OSV)
        writer.remove(number, ["CVE-2026-2", "never-there"])
        writer.add(number, advisory("CVE-2026-3", "curl"))
        writer.add(number, advisory("CVE-2026-4", "new"))
        writer.finish("Debian", NOW)

    assert ids(path) == ["CVE-2026-1", "CVE-2026-1"]
    assert ids(path, "curl") == ["CVE-2026-3"]
    assert ids(path, "new") == ["CVE-2026-4"]


def test_a_feed_is_replaced_alone(tmp_path: Path) -> None:
    """Clearing one feed leaves the other, also in the tables of small rows."""
    kev = ExploitedRow(cve="CVE-2026-1", exploited=Exploited(added="2026-01-01"))
    feeds = [
        (NATIVE, [advisory("CVE-2026-1", feed="native"), kev]),
        (OSV, [advisory("CVE-2026-2")]),
    ]
    path = write_shard(tmp_path, "Debian", feeds)

    with ShardWriter(path, fresh=False) as writer:
        number = writer.open_feed(NATIVE)
        writer.clear_feed(number)
        writer.add(number, advisory("CVE-2026-9", feed="native"))
        writer.finish("Debian", NOW)

    shard = Shard(path)
    assert ids(path) == ["CVE-2026-9", "CVE-2026-2"]
    assert shard.exploited("CVE-2026-1") is None
    shard.close()


def test_small_rows_are_found_by_their_key(tmp_path: Path) -> None:
    """Exploited, EPSS, CVE scores and ends of life have tables of their own."""
    rows = [
        ExploitedRow(cve="CVE-2026-1", exploited=Exploited(added="2026-01-01", ransomware=True)),
        EpssRow(cve="CVE-2026-1", epss=Epss(probability=0.25, percentile=0.5, date="2026-01-01")),
        CveRecord(id="CVE-2026-1", title="t", cwes=("CWE-79",)),
        EndOfLife(product="debian", cycle="12", eol="2026-06-10"),
    ]
    shard = Shard(write_shard(tmp_path, "kev", [(OSV, rows)]))

    assert shard.exploited("CVE-2026-1") == Exploited(added="2026-01-01", ransomware=True)
    assert shard.epss("CVE-2026-1") == Epss(probability=0.25, percentile=0.5, date="2026-01-01")
    assert shard.cve("CVE-2026-1") == CveRecord(id="CVE-2026-1", title="t", cwes=("CWE-79",))
    assert shard.end_of_life("debian", "12") == rows[3]
    assert (shard.exploited("x"), shard.epss("x"), shard.cve("x")) == (None, None, None)
    shard.close()


def test_newest_is_never_in_the_future(tmp_path: Path) -> None:
    """A record dated next year does not make the data look fresher than they are."""
    rows = [advisory("a"), advisory("b", modified="2027-07-09T00:00:00Z")]
    shard = Shard(write_shard(tmp_path, "Debian", [(OSV, rows)]))

    assert (shard.newest, shard.built) == ("2026-01-02T03:04:05Z", NOW)
    shard.close()


def test_what_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    """A folder that is not there, a disk that is full."""
    with pytest.raises(StorageError):
        ShardWriter(tmp_path / "absent" / "x", fresh=True)
    with pytest.raises(StorageError):
        ShardWriter(Path("/dev/full"), fresh=True)


@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=8), max_size=4))
def test_patches_equal_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[int, int]]]
) -> None:
    """After any sequence of deltas a package's advisories are those of a shard built at once."""
    folder = tmp_path_factory.mktemp("shards")
    path = write_shard(folder, "Debian", [(OSV, [])])
    last: dict[str, str] = {}
    for changes in rounds:
        with ShardWriter(path, fresh=False) as writer:
            number = writer.open_feed(OSV)
            for advisory_number, package in changes:
                name = f"CVE-{advisory_number}"
                if package == 5:
                    last.pop(name, None)
                    writer.remove(number, [name])
                else:
                    last[name] = f"p{package}"
                    writer.add(number, advisory(name, f"p{package}"))
            writer.finish("Debian", NOW)

    for package in {f"p{n}" for n in range(5)}:
        assert ids(path, package) == sorted(name for name, p in last.items() if p == package)


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """Look-ups answer in a fixed order, whatever order the feed has."""
    rows = [advisory(f"CVE-2026-{n}", f"p{n % 3}") for n in range(30)]
    mixed = random.Random(0).sample(rows, len(rows))
    one = write_shard(tmp_path / "1", "Debian", [(OSV, rows)])
    two = write_shard(tmp_path / "2", "Debian", [(OSV, mixed)])

    assert [ids(one, f"p{n}") for n in range(3)] == [ids(two, f"p{n}") for n in range(3)]
