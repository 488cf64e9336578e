"""The database answers from a folder of shards, and "no data" is never "clean"."""

from pathlib import Path

from pratique.advisories.database import Database
from pratique.advisories.interface import EndOfLife, EpssRow, ExploitedRow
from pratique.model.advisory import AdvisoryLookup, CveRecord, DataStatus, Epss, Exploited
from pratique.model.severity import Score
from tests.makers.shards import NATIVE, NOW, OSV, advisory, write_shard


def test_each_question_goes_to_its_shard(tmp_path: Path) -> None:
    """Ecosystems by their base, the small shards by kind."""
    kev = ExploitedRow(cve="CVE-1", exploited=Exploited(added="2026-01-01"))
    epss = EpssRow(cve="CVE-1", epss=Epss(probability=0.5))
    write_shard(tmp_path, "Debian", [(OSV, [advisory("CVE-1")])])
    write_shard(tmp_path, "Red Hat", [(OSV, [advisory("RHSA-1", ecosystem="Red Hat:x:9")])])
    write_shard(tmp_path, "kev", [(OSV, [kev])])
    write_shard(tmp_path, "epss", [(OSV, [epss])])
    write_shard(tmp_path, "cve-scores", [(OSV, [CveRecord(id="CVE-1")])])
    eol = EndOfLife(product="debian", cycle="12", eol="2026-06-10")
    write_shard(tmp_path, "end-of-life", [(OSV, [eol])])

    with Database(tmp_path) as database:
        lookup: AdvisoryLookup = database
        assert [c.advisory.id for c in lookup.candidates("Debian:12", "openssl")] == ["CVE-1"]
        assert [c.advisory.id for c in lookup.candidates("Red Hat:x:9", "openssl")] == ["RHSA-1"]
        assert lookup.releases("Red Hat") == {"Red Hat:x:9"}
        assert lookup.exploited("CVE-1") == Exploited(added="2026-01-01")
        assert lookup.epss("CVE-1") == Epss(probability=0.5)
        assert lookup.cve("CVE-1") == CveRecord(id="CVE-1")
        assert lookup.end_of_life("debian", "12") == "2026-06-10"
        assert lookup.end_of_life("debian", "99") is None
        assert [a.id for a in database.advisories("RHSA-1")] == ["RHSA-1"]


def test_status_says_what_stands_behind_the_answers(tmp_path: Path) -> None:
    """Feeds in order of precedence, those without rows left out, unproven ones named."""
    empty = NATIVE.__class__(name="empty", precedence=1)
    feeds = [(OSV, [advisory("CVE-1")]), (NATIVE, [advisory("CVE-2")]), (empty, [])]
    write_shard(tmp_path, "Debian", feeds)

    with Database(tmp_path) as database:
        assert database.status("Debian") == DataStatus(
            ecosystem="Debian",
            present=True,
            built=NOW,
            newest="2026-01-02T03:04:05Z",
            feeds=("native", "osv"),
            advisories=2,
            unproven=("osv",),
        )


def test_no_shard_is_no_data(tmp_path: Path) -> None:
    """Absent folder, absent shard, empty shard and unreadable shard are all not present."""
    write_shard(tmp_path, "Alpine", [(OSV, [])])
    (tmp_path / "Debian.sqlite").write_bytes(b"junk")

    with Database(tmp_path) as database, Database(tmp_path / "absent") as nowhere:
        for base in ("Alpine", "Debian", "Ubuntu"):
            assert not database.status(base).present
            assert database.candidates(f"{base}:1", "openssl") == ()
            assert database.releases(base) == frozenset()
        assert not nowhere.status("Debian").present
        assert (nowhere.cve("x"), nowhere.exploited("x"), nowhere.epss("x")) == (None, None, None)
        assert nowhere.end_of_life("debian", "12") is None


def test_an_open_shard_outlives_its_replacement(tmp_path: Path) -> None:
    """A scan that has begun goes on with the data it began with."""
    write_shard(tmp_path, "Debian", [(OSV, [advisory("CVE-1")])])
    with Database(tmp_path) as database:
        assert len(database.candidates("Debian:12", "openssl")) == 1
        newer = write_shard(tmp_path / "new", "Debian", [(OSV, [advisory("CVE-2")])])
        newer.replace(tmp_path / "Debian.sqlite")

        assert [c.advisory.id for c in database.candidates("Debian:12", "openssl")] == ["CVE-1"]
    with Database(tmp_path) as database:
        assert [c.advisory.id for c in database.candidates("Debian:12", "openssl")] == ["CVE-2"]


CVSS = Score("nvd", "CVSS:3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
OTHER = Score("ghsa", "CVSS:4.0", "CVSS:4.0/AV:N")


def test_a_score_may_come_from_another_ecosystem(tmp_path: Path) -> None:
    """Alpine grades nothing; what Debian's or GitHub's record of this very flaw has, is used."""
    word = Score("ghsa", "vendor", "moderate")
    graded = Score("nvd", "CVSS:3.1", "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.4)
    debian = [
        advisory("CVE-1", scores=(CVSS, graded), description="NVD's words"),
        advisory("DSA-1", upstream=("CVE-1", "CVE-2"), scores=(Score("x", "CVSS:3.1", "worst"),)),
    ]
    pypi = advisory(
        "GHSA-1", "p", ecosystem="PyPI", aliases=("CVE-1",), scores=(OTHER, word), cwes=("CWE-79",)
    )
    write_shard(tmp_path, "Debian", [(OSV, debian)])
    write_shard(tmp_path, "PyPI", [(OSV, [pypi])])

    with Database(tmp_path) as database:
        assert database.lenders() == frozenset()
        record = database.cve("CVE-1")
        assert database.cve("CVE-2") is None
        assert database.lenders() == {"Debian", "PyPI"}

    assert record is not None
    assert {score.vector for score in record.scores} == {CVSS.vector, OTHER.vector, graded.vector}
    assert record.cwes == ("CWE-79",)
    assert record.description == "NVD's words"

    with Database(tmp_path, lending={"PyPI"}) as database:
        told = database.cve("CVE-1")
        assert database.lenders() == {"PyPI"}
    assert told is not None
    assert {score.vector for score in told.scores} == {OTHER.vector}


def test_the_score_feeds_come_first(tmp_path: Path) -> None:
    """What they say is not mixed with borrowed scores; where they have none, it is filled in."""
    write_shard(
        tmp_path, "Debian", [(OSV, [advisory(f"CVE-{n}", scores=(CVSS,)) for n in (1, 2, 3)])]
    )
    records = [
        CveRecord(id="CVE-1", scores=(OTHER,)),
        CveRecord(id="CVE-2", title="no score yet"),
        CveRecord(id="CVE-3", rejected=True),
    ]
    write_shard(tmp_path, "cve-scores", [(OSV, records)])

    with Database(tmp_path) as database:
        found = [database.cve(f"CVE-{n}") for n in (1, 2, 3)]

    assert found[0] == records[0]
    assert found[1] is not None
    assert found[1].title == "no score yet"
    assert [score.vector for score in found[1].scores] == [CVSS.vector]
    assert found[2] == records[2]
