"""What is known of a flaw is put into few lines, the most important first."""

from pathlib import Path

from pratique.advisories.database import Database
from pratique.advisories.interface import EpssRow, ExploitedRow
from pratique.cli.advisory_words import WIDTH, advisory_words
from pratique.model.advisory import Affected, Epss, Exploited, FixState, Range
from tests.makers.lookup import statement
from tests.makers.shards import OSV, advisory, write_shard

CVE, OTHER = "CVE-2026-1001", "CVE-2026-1002"


def words(folder: Path, *statements: Affected, **more: object) -> list[str]:
    """Return the lines on a flaw that is known with these statements."""
    write_shard(folder, "Debian", [(OSV, [advisory(CVE, affected=statements, **more)])])
    with Database(folder) as database:
        return list(advisory_words(database, CVE))


def test_packages_of_which_the_same_is_said_are_one_entry(tmp_path: Path) -> None:
    """A glibc of two hundred language packs does not fill the screen."""
    packs = [statement("AlmaLinux:9", f"glibc-{n:03}", Range(fixed="2-1")) for n in range(200)]
    odd = statement("AlmaLinux:9", "glibc-odd", Range(fixed="2-2"))
    write_shard(tmp_path, "AlmaLinux", [(OSV, [advisory(CVE, affected=(*packs, odd))])])
    with Database(tmp_path) as database:
        lines = list(advisory_words(database, CVE))
    text = " ".join(" ".join(lines).split())
    assert "glibc-004 and 195 more: affected, from 0 to before 2-1" in text
    assert "AlmaLinux:9 glibc-odd: affected, from 0 to before 2-2" in text
    assert all(len(line) <= WIDTH for line in lines)


def test_every_kind_of_statement_is_said(tmp_path: Path) -> None:
    """Ranges, lists, states, modules, architectures and the publisher's note."""
    lines = words(
        tmp_path,
        statement("Debian:12", "a", Range(introduced="1", last_affected="2")),
        statement("Debian:12", "b", Range(), state=FixState.WILL_NOT_FIX, note="minor"),
        statement("Debian:12", "c", state=FixState.NOT_AFFECTED),
        statement("Debian:12", "d", versions=("1", "2")),
        statement("Debian:12", "e", Range(fixed="3"), module="m:1", arches=("x86_64",)),
    )
    assert [line for line in lines if line.startswith("  Debian:12")] == [
        "  Debian:12 a: affected, from 1 to 2",
        "  Debian:12 b: will not fix, from 0 on, no fix (minor)",
        "  Debian:12 c: not affected",
        "  Debian:12 d: affected, 2 listed versions",
        "  Debian:12 e: affected, from 0 to before 3, module m:1, x86_64",
    ]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    """A kernel has statements on hundreds of packages in dozens of releases."""
    many = [statement(f"Debian:{n}", "linux", Range(fixed=f"{n}-1")) for n in range(50)]
    assert "  … and 30 more statements on 30 ecosystems" in words(tmp_path, *many)


def test_the_flaws_own_record_comes_before_errata(tmp_path: Path) -> None:
    """An erratum that lists the flaw among others is context, cut shorter."""
    long = "A sentence that says little about the flaw. " * 30
    rows = [
        advisory("ALSA-2026:1", upstream=(CVE, OTHER), description=f"More than one. {long}"),
        advisory("ALSA-2026:2", upstream=(CVE, OTHER), description=f"More than one. {long}"),
        advisory(f"DEBIAN-{CVE}", upstream=(CVE,), description=long),
    ]
    write_shard(tmp_path, "Debian", [(OSV, rows)])
    with Database(tmp_path) as database:
        lines = list(advisory_words(database, CVE))
    heads = [line.split()[0] for line in lines if line.endswith("[osv]")]
    assert heads == [f"DEBIAN-{CVE}", "ALSA-2026:1", "ALSA-2026:2"]
    said = [sum("sentence" in line for line in part) for part in _parts(lines)]
    assert said[0] > said[1] > said[2] == 0


def test_exploitation_comes_first(tmp_path: Path) -> None:
    """Before any advisory, where it is read."""
    kev, epss = Exploited(added="2026-01-02", due="2026-01-23"), Epss(probability=0.9, date="2026")
    write_shard(tmp_path, "kev", [(OSV, [ExploitedRow(cve=CVE, exploited=kev)])])
    write_shard(tmp_path, "epss", [(OSV, [EpssRow(cve=CVE, epss=epss)])])
    lines = words(tmp_path, statement("Debian:12", "a", Range()))
    known = [
        "Known exploited since 2026-01-02 (CISA KEV), due 2026-01-23.",
        "EPSS: 90.00% within 30 days (of 2026).",
    ]
    assert lines[:2] == known


def _parts(lines: list[str]) -> list[list[str]]:
    ends = [number for number, line in enumerate(lines) if not line]
    return [lines[start:end] for start, end in zip([0, *ends], ends, strict=False)]
