"""A shard answers look-ups, and says when it cannot be trusted."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.shard import Shard, ShardDamaged, ShardOutdated
from pratique.model.advisory import Affected, CveRecord, Range
from pratique.model.severity import Score
from tests.makers.shards import NATIVE, OSV, advisory, write_shard


def test_candidates_come_native_first_with_their_advisory(tmp_path: Path) -> None:
    """Two feeds on one package: by precedence, then by id; statements are not repeated."""
    feeds = [(OSV, [advisory("CVE-2026-1")]), (NATIVE, [advisory("CVE-2026-2", feed="native")])]
    shard = Shard(write_shard(tmp_path, "Debian", feeds))

    found = shard.candidates("Debian:12", "openssl")

    assert [(c.advisory.feed, c.advisory.id) for c in found] == [
        ("native", "CVE-2026-2"),
        ("osv", "CVE-2026-1"),
    ]
    assert found[1].advisory.description == "Details of CVE-2026-1."
    assert found[1].affected.ranges == (Range("0", "1.2-3"),)
    assert all(not c.advisory.affected for c in found)
    shard.close()


def test_only_the_exact_release_answers(tmp_path: Path) -> None:
    """Debian 11's data say nothing of Debian 12."""
    rows = [advisory("CVE-2026-1"), advisory("CVE-2026-2", ecosystem="Debian:11")]
    shard = Shard(write_shard(tmp_path, "Debian", [(OSV, rows)]))

    assert [c.advisory.id for c in shard.candidates("Debian:11", "openssl")] == ["CVE-2026-2"]
    assert shard.candidates("Debian", "openssl") == ()
    assert shard.candidates("Debian:12", "absent") == ()
    assert shard.releases() == {"Debian:11", "Debian:12"}
    shard.close()


def test_statements_are_counted_up_to_a_bound(tmp_path: Path) -> None:
    """Of exactly the ecosystem that is named, and no more than asked for."""
    rows = [advisory(f"CVE-2024-000{n}", "zlib", ecosystem="Debian:12") for n in range(5)]
    shard = Shard(write_shard(tmp_path, "Debian", [(OSV, rows)]))

    assert [shard.statements("Debian:12", most) for most in (1, 5, 9)] == [1, 5, 5]
    assert shard.statements("Debian:1", 9) == 0
    shard.close()


def test_names_are_looked_up_as_the_ecosystem_spells_them(tmp_path: Path) -> None:
    """Whoever asks need not know the rule."""
    rows = [advisory("PYSEC-1", "Zope.Interface", ecosystem="PyPI")]
    shard = Shard(write_shard(tmp_path, "PyPI", [(OSV, rows)]))

    assert len(shard.candidates("PyPI", "zope_interface")) == 1
    shard.close()


def test_many_names_are_looked_up_at_once(tmp_path: Path) -> None:
    """More than one statement of SQLite takes, each as if it were asked for alone."""
    rows = [advisory(f"CVE-2024-{1000 + n}", f"p{n % 900}", ecosystem="PyPI") for n in range(1000)]
    shard = Shard(write_shard(tmp_path, "PyPI", [(OSV, rows)]))
    names = [f"p{n}" for n in range(1100)]

    found = shard.candidates_of("PyPI", names, lambda _: True)

    assert len(found) == 900
    assert all(found[name] == shard.candidates("PyPI", name) for name in found)
    assert shard.candidates_of("PyPI:1", names, lambda _: True) == {}
    shard.close()


def test_names_without_a_wanted_statement_are_left_out(tmp_path: Path) -> None:
    """One that is wanted brings all statements of its name along."""
    rows = [
        advisory("CVE-2024-1", "a", ecosystem="PyPI", fixed="1"),
        advisory("CVE-2024-2", "a", ecosystem="PyPI", fixed="2"),
        advisory("CVE-2024-3", "b", ecosystem="PyPI", fixed="2"),
    ]
    shard = Shard(write_shard(tmp_path, "PyPI", [(OSV, rows)]))

    found = shard.candidates_of("PyPI", ("a", "b"), lambda one: one.ranges[0].fixed == "1")

    assert {name: len(held) for name, held in found.items()} == {"a": 2}
    shard.close()


def test_malicious_packages_are_found_too(tmp_path: Path) -> None:
    """They lie apart and are marked."""
    rows = [advisory("MAL-2026-1", "evil", ecosystem="npm", malicious=True)]
    path = write_shard(tmp_path, "npm", [(OSV, rows)])
    shard = Shard(path)

    [found] = shard.candidates("npm", "evil")

    assert found.advisory.malicious
    assert shard.releases() == {"npm"}
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute("SELECT count(*) FROM affected").fetchone() == (0,)
    shard.close()


def test_advisories_are_found_by_any_of_their_names(tmp_path: Path) -> None:
    """Own id, alias, or the flaw it is about; with all statements, sorted."""
    statements = tuple(
        Affected(ecosystem=f"Debian:{n}", name="openssl", ranges=(Range("0", "1"),))
        for n in (13, 12)
    )
    rows = [
        advisory("DSA-1", affected=statements, aliases=("X-1",), upstream=("CVE-2026-1",)),
        advisory("DSA-2", upstream=("CVE-2026-1",)),
    ]
    shard = Shard(write_shard(tmp_path, "Debian", [(OSV, rows)]))

    assert [a.id for a in shard.advisories("CVE-2026-1")] == ["DSA-1", "DSA-2"]
    [found] = shard.advisories("X-1")
    assert [a.ecosystem for a in found.affected] == ["Debian:12", "Debian:13"]
    assert list(shard.advisories("nothing")) == []
    shard.close()


def test_scores_of_several_feeds_stand_side_by_side(tmp_path: Path) -> None:
    """The best feed's record is taken; whose score is whose is kept."""
    low, high = Score("nvd", "CVSS:3.1", "a"), Score("cna", "CVSS:4.0", "b")
    feeds = [
        (OSV, [CveRecord(id="CVE-1", title="other", scores=(high,))]),
        (NATIVE, [CveRecord(id="CVE-1", title="native", scores=(low,))]),
    ]
    shard = Shard(write_shard(tmp_path, "cve-scores", feeds))

    record = shard.cve("CVE-1")

    assert record is not None
    assert (record.title, record.scores) == ("native", (low, high))
    shard.close()


def test_another_schema_is_said_so(tmp_path: Path) -> None:
    """An older or newer layout is not read as ours."""
    path = write_shard(tmp_path, "Debian", [(OSV, [])])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA user_version=999")

    with pytest.raises(ShardOutdated):
        Shard(path)


def test_a_strange_schema_is_refused(tmp_path: Path) -> None:
    """A view or trigger in the file never runs."""
    path = write_shard(tmp_path, "Debian", [(OSV, [])])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE VIEW sneaky AS SELECT 1")

    with pytest.raises(ShardDamaged):
        Shard(path)


@pytest.mark.parametrize(
    "content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(4000)]
)
def test_a_file_that_is_no_shard_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever lies under the name."""
    path = tmp_path / shard_schema.shard_file("Debian")
    path.write_bytes(content)

    with pytest.raises((ShardDamaged, ShardOutdated)):
        Shard(path)


def test_damage_inside_is_noticed(tmp_path: Path) -> None:
    """Overwritten pages end in ShardDamaged, never in other rows or a crash."""
    rows = [advisory(f"CVE-2026-{n}", f"p{n}") for n in range(500)]
    path = write_shard(tmp_path, "Debian", [(OSV, rows)])
    raw = bytearray(path.read_bytes())
    raw[16384:-8192] = b"\xa5" * (len(raw) - 16384 - 8192)
    path.write_bytes(raw)

    with pytest.raises(ShardDamaged):
        read_through(path)


def read_through(path: Path) -> None:
    shard = Shard(path)
    try:
        shard.check()
    finally:
        shard.close()
