"""What an editor shows is what lint says, at the right characters, with fixes that were proved."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.model.fault import FixClass
from pratique.pipelines.lint_buffer import Buffer, Problem
from pratique.pipelines.lint_files import LintSettings, lint_files

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "FROM a:1\nRUN apt-get update && apt-get install curl\n"


def buffer(text: str, folder: Path, name: str = "Dockerfile", **more: bool) -> Buffer:
    """Return what an editor shows of a file that was never saved."""
    return Buffer(text, folder / name, folder, NOW, **more)


def named(found: Buffer, rule: str) -> Problem:
    """Return the only problem of a rule."""
    (one,) = [one for one in found.problems if one.finding and one.finding.rule == rule]
    return one


def test_it_says_what_lint_says_of_the_saved_file(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(TEXT)
    linted = lint_files(LintSettings(paths=(str(tmp_path / "Dockerfile"),), now=NOW))
    saved = {one.rule for one in linted.report.subjects[0].findings}

    assert saved
    assert {one.finding.rule for one in buffer(TEXT, tmp_path).problems if one.finding} == saved


def test_columns_count_characters_not_bytes(tmp_path: Path) -> None:
    """Letters of several bytes before a finding do not move it."""
    text = "FROM a:1\nRUN echo 'ÄÖ😀' && sudo x\n"
    one = named(buffer(text, tmp_path), "sudo-in-run")
    line = text.splitlines()[one.span.line]

    assert line[one.span.column :].startswith("sudo")


def test_a_fix_is_proved_before_it_is_offered(tmp_path: Path) -> None:
    found = buffer(TEXT, tmp_path)
    one = named(found, "apt-get-asks")

    assert one.fix is FixClass.SAFE
    assert found.proves(one)
    (change,) = one.changes
    assert change.span.line == 1
    assert "-y" in change.text


def test_a_fix_that_does_not_help_is_not_proved(tmp_path: Path) -> None:
    """The changes of another finding do not end this one."""
    from msgspec.structs import replace

    found = buffer(TEXT, tmp_path)
    one = named(found, "apt-get-asks")
    useless = replace(one.edits[0], text=b" ")

    assert not found.proves(replace(one, edits=(useless,)))
    assert not found.proves(replace(one, edits=(replace(one.edits[0], end=10_000),)))
    assert not found.proves(replace(one, edits=(replace(one.edits[0], file="other"),)))


def test_every_safe_fix_at_once(tmp_path: Path) -> None:
    mended = buffer(TEXT, tmp_path).mended()

    assert mended is not None
    assert "apt-get install -y" in mended
    assert buffer(mended, tmp_path).mended() is None


def test_what_was_let_stand_is_not_shown(tmp_path: Path) -> None:
    text = TEXT.replace("RUN", "# hadolint ignore=DL3014\nRUN")

    assert "apt-get-asks" not in {
        one.finding.rule for one in buffer(text, tmp_path).problems if one.finding
    }


def test_settings_of_the_folder_count(tmp_path: Path) -> None:
    (tmp_path / ".hadolint.yaml").write_text("ignored: [DL3014]\n")
    rules = {one.finding.rule for one in buffer(TEXT, tmp_path).problems if one.finding}

    assert "apt-get-asks" not in rules


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / ".hadolint.yaml").write_text("ignored: [\n")
    with pytest.raises(UsageError):
        assert buffer(TEXT, tmp_path).problems


def test_what_is_not_understood_is_shown_at_its_line(tmp_path: Path) -> None:
    found = [one for one in buffer("FROM a:1\nRUNN x\n", tmp_path).problems if not one.finding]

    assert [(one.span.line, one.blocking) for one in found] == [(1, True)]


def test_a_file_that_lint_does_not_know_has_nothing(tmp_path: Path) -> None:
    found = buffer("FROM a\n", tmp_path, "notes.txt")

    assert found.problems == ()
    assert found.mended() is None


def test_pedants_see_more(tmp_path: Path) -> None:
    assert len(buffer(TEXT, tmp_path, pedantic=True).problems) > len(
        buffer(TEXT, tmp_path).problems
    )
