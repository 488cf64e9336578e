"""What linting writes is written whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.cli.lint_writing import read_baseline, write_baseline, write_fixes
from pratique.model.errors import StorageError, UsageError
from pratique.model.fault import FixClass
from pratique.pipelines.lint_files import LintSettings, lint_files

SETTINGS = {"now": datetime(2026, 1, 1, tzinfo=UTC), "fixes": frozenset({FixClass.SAFE})}


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path):
    """Nobody's work is lost."""
    file = tmp_path / "Dockerfile"
    file.write_text("FROM a:1\nRUN apk add x\n")
    linted = lint_files(LintSettings(paths=(str(file),), **SETTINGS))
    file.write_text("FROM b:1\n")

    with pytest.raises(StorageError):
        write_fixes(linted)
    assert file.read_text() == "FROM b:1\n"


def test_a_baseline_holds_what_counts(tmp_path: Path):
    """Written and read again, without what is suppressed."""
    file = tmp_path / "Dockerfile"
    file.write_text("FROM a\n# hadolint ignore=DL3004\nRUN sudo x\n")
    linted = lint_files(LintSettings(paths=(str(file),), now=SETTINGS["now"]))
    write_baseline(tmp_path / "b.json", linted)

    rules = {one.split(":")[1] for one in read_baseline(tmp_path / "b.json")}
    assert "untagged-base-image" in rules
    assert "sudo-in-run" not in rules


def test_no_baseline_is_told(tmp_path: Path):
    """With how to make one."""
    with pytest.raises(UsageError) as told:
        read_baseline(tmp_path / "absent")
    assert "--write-baseline" in told.value.hint()
