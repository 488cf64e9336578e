"""Read VEX documents, ignore files and exceptions, and apply them."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Subject, SubjectKind
from pratique.pipelines.suppress_findings import (
    Suppressions,
    SuppressSettings,
    load_suppressions,
    notes_on,
    suppress,
)
from tests.formats.vex.samples import FLAW, openvex

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SUBJECT = Subject(
    kind=SubjectKind.DIRECTORY,
    target="t",
    findings=(Finding(id="1", kind=FindingKind.VULNERABILITY, rule=FLAW, names=(FLAW,)),),
)
EXCEPTIONS = """pratique-exceptions: 1
exceptions:
  - {{id: {0}, owner: team, reason: why, expires: {1}}}
"""


def notes(loaded: Suppressions) -> list[str]:
    """Return what is told after one subject."""
    return list(notes_on(loaded, [suppress(SUBJECT, loaded, NOW)], NOW))


def in_folder(folder: Path, **files: str) -> SuppressSettings:
    """Return settings for a folder with these files."""
    for name, content in files.items():
        (folder / name).write_text(content)
    return SuppressSettings(folder=folder)


def test_nothing_there_is_nothing() -> None:
    """No file, no note."""
    assert load_suppressions(SuppressSettings()) == Suppressions()
    assert suppress(SUBJECT, Suppressions(), NOW).findings == SUBJECT.findings


def test_nothing_there_loads_nothing(tmp_path: Path) -> None:
    """A scan without such files pays for none of their readers."""
    code = (
        "import sys; from pathlib import Path;"
        "from pratique.pipelines.suppress_findings import *;"
        f"load_suppressions(SuppressSettings(folder=Path({str(tmp_path)!r})));"
        "sys.exit(bool({'yaml', 'tomllib', 'packageurl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_files_are_found_in_the_folder(tmp_path: Path) -> None:
    """And it is told that they apply."""
    loaded = load_suppressions(in_folder(tmp_path, **{".trivyignore": FLAW}))
    assert suppress(SUBJECT, loaded, NOW).findings[0].suppressed
    (note,) = notes(loaded)
    assert note == ".trivyignore was found here: 1 of its rules applies (--no-ignore leaves it out)"


def test_grypes_folder_is_looked_into(tmp_path: Path) -> None:
    """.grype/config.yaml is the other place it reads."""
    (tmp_path / ".grype").mkdir()
    (tmp_path / ".grype/config.yaml").write_text(f"ignore: [{{vulnerability: {FLAW}}}]")
    loaded = load_suppressions(SuppressSettings(folder=tmp_path))
    assert suppress(SUBJECT, loaded, NOW).findings[0].suppressed


def test_a_file_that_was_named_is_read_once(tmp_path: Path) -> None:
    """Also when it would have been found."""
    settings = in_folder(tmp_path, **{".trivyignore": FLAW})
    named = SuppressSettings(folder=tmp_path, ignore=(tmp_path / ".trivyignore",))
    assert len(load_suppressions(named).rules) == len(load_suppressions(settings).rules) == 1
    assert notes(load_suppressions(named)) == []


def test_osv_scanners_file_is_read_on_request_only(tmp_path: Path) -> None:
    """It lies beside sources, and speaks of them."""
    settings = in_folder(tmp_path, **{"osv-scanner.toml": f'[[IgnoredVulns]]\nid = "{FLAW}"'})
    assert load_suppressions(settings).rules == ()
    named = SuppressSettings(ignore=(tmp_path / "osv-scanner.toml",))
    assert len(load_suppressions(named).rules) == 1


def test_statements_that_meet_nothing_are_told(tmp_path: Path) -> None:
    """How many of how many, and about what."""
    place = tmp_path / "vex.json"
    place.write_bytes(openvex({}, {"vulnerability": {"name": "CVE-9"}}))
    (note,) = notes(load_suppressions(SuppressSettings(vex=(place,))))
    assert note == f"{place}: 2 of 2 statements match nothing here (CVE-2024-0001, CVE-9)"


def test_exceptions_that_ended_or_meet_nothing_are_told(tmp_path: Path) -> None:
    """An ended one suppresses nothing."""
    place = tmp_path / "x.yaml"
    settings = SuppressSettings(ignore=(place,))
    place.write_text(EXCEPTIONS.format(FLAW, "2026-11-20"))
    loaded = load_suppressions(settings)
    assert not suppress(SUBJECT, loaded, NOW).findings[0].suppressed
    assert "expired 2026-11-21: CVE-2024-0001 counts again" in notes(loaded)[0]
    place.write_text(EXCEPTIONS.format("CVE-9", "2026-11-21"))
    assert "matches nothing here (CVE-9)" in notes(load_suppressions(settings))[0]
    place.write_text(EXCEPTIONS.format(FLAW, "2026-11-21"))
    loaded = load_suppressions(settings)
    assert suppress(SUBJECT, loaded, NOW).findings[0].suppressed
    assert notes(loaded) == []


@pytest.mark.parametrize("content", [None, b"\xff", b"vulnerabilities: ["])
def test_a_file_that_cannot_be_used_ends_the_run(tmp_path: Path, content: bytes | None) -> None:
    """Absent, or not understood; named or found."""
    place = tmp_path / ".trivyignore.yaml"
    if content is not None:
        place.write_bytes(content)
        with pytest.raises(UsageError):
            load_suppressions(SuppressSettings(folder=tmp_path))
    for settings in (SuppressSettings(ignore=(place,)), SuppressSettings(vex=(place,))):
        with pytest.raises(UsageError) as caught:
            load_suppressions(settings)
        assert caught.value.hint()
