"""Linting files: findings, suppressions of every source, fixes, and the outcome."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.model.fault import FixClass
from pratique.model.report import SubjectKind
from pratique.model.severity import Severity
from pratique.pipelines.lint_files import Linted, LintSettings, lint_files
from pratique.pipelines.suppress_findings import SuppressSettings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "FROM a:1\nRUN sudo x\nRUN apt-get update && apt-get install curl\n"


def linted(folder: Path, text: str = TEXT, **settings: object) -> Linted:
    """Return what linting a Dockerfile gives."""
    (folder / "Dockerfile").write_text(text)
    return lint_files(LintSettings(paths=(f"{folder}/Dockerfile",), now=NOW, **settings))


def counting(found: Linted) -> set[str]:
    """Return the rules whose findings count."""
    subject = found.report.subjects[0]
    return {one.rule for one in subject.findings if not one.suppressed}


def test_a_file_is_a_subject(tmp_path: Path):
    """Named by its path and the sha256 of its bytes."""
    (subject,) = linted(tmp_path).report.subjects

    assert subject.kind is SubjectKind.FILE
    assert subject.target == f"{tmp_path}/Dockerfile"
    assert str(subject.digest).startswith("sha256:")
    assert {"sudo-in-run", "apt-get-asks"} <= {one.rule for one in subject.findings}


def test_the_outcome_is_that_of_the_threshold(tmp_path: Path):
    """Configuration counts in a linted file; what cannot be read leaves it undecided."""
    assert linted(tmp_path).report.outcome == ""
    assert linted(tmp_path, threshold=Severity.LOW).report.outcome == "fail"
    assert linted(tmp_path, threshold=Severity.CRITICAL).report.outcome == "pass"
    assert linted(tmp_path, "FROM a:1\nRUNN\n").report.outcome == "undecided"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".hadolint.yaml", "ignored: [DL3004]"),
        (".trivyignore", "DS-0010"),
        (".trivyignore", "sudo-in-run # later"),
    ],
)
def test_settings_of_other_tools_are_heeded(tmp_path: Path, name: str, content: str):
    """They go on working, under any name of the rule."""
    (tmp_path / name).write_text(content)
    found = linted(tmp_path, suppress=SuppressSettings(folder=tmp_path))

    assert "sudo-in-run" not in counting(found)
    assert "apt-get-asks" in counting(found)


def test_grades_follow_hadolint(tmp_path: Path):
    """``override`` grades, ``failure-threshold`` decides where nobody else does."""
    (tmp_path / ".hadolint.yaml").write_text(
        "override: {error: [DL3004]}\nfailure-threshold: error"
    )
    found = linted(tmp_path, suppress=SuppressSettings(folder=tmp_path))
    (sudo,) = (one for one in found.report.subjects[0].findings if one.rule == "sudo-in-run")

    assert sudo.severity is Severity.MEDIUM
    assert found.report.outcome == "fail"


def test_a_comment_lets_a_finding_stand_and_is_told_when_idle(tmp_path: Path):
    """With its place as the reason; one of ours that meets nothing is told."""
    notes: list[str] = []
    text = TEXT.replace("RUN sudo", "# pratique ignore=DL3004,DL3000 # base\nRUN sudo")
    assert "sudo-in-run" not in counting(linted(tmp_path, text, note=notes.append))
    assert notes == []

    linted(tmp_path, f"# pratique global ignore=DL3000\n{TEXT}", note=notes.append)
    assert notes == [f"{tmp_path}/Dockerfile:1: matches nothing here (DL3000)"]


def test_comments_of_hadolint_can_be_switched_off(tmp_path: Path):
    """As there, by its configuration."""
    (tmp_path / ".hadolint.yaml").write_text("disable-ignore-pragma: true")
    text = f"# hadolint global ignore=DL3004\n{TEXT}"

    assert "sudo-in-run" not in counting(linted(tmp_path, text))
    folder = SuppressSettings(folder=tmp_path)
    assert "sudo-in-run" in counting(linted(tmp_path, text, suppress=folder))


def test_a_baseline_lets_pass_what_was_there(tmp_path: Path):
    """And nothing that is new."""
    before = linted(tmp_path).report.subjects[0].findings
    ids = frozenset(one.id for one in before)
    after = linted(tmp_path, f"{TEXT}RUN sudo y\n", baseline=ids, baseline_name="b.json")

    assert counting(after) == {"sudo-in-run"}


def test_safe_fixes_are_made_and_proved(tmp_path: Path):
    """The report is that of the mended file; nothing is written."""
    found = linted(tmp_path, fixes=frozenset({FixClass.SAFE}))
    (file,) = found.files

    assert file.mended is not None
    assert b"install -y curl" in file.mended.content
    assert b"sudo" in file.mended.content
    assert "apt-get-asks" not in counting(found)
    assert (tmp_path / "Dockerfile").read_text() == TEXT


BASE = "FROM debian:12 AS a\nRUN apt-get update && apt-get install -y x\nFROM a\n"


@pytest.mark.parametrize(
    ("later", "deleted"),
    [
        ("RUN apt-get install -y y\n", True),
        ("RUN make && apt-get install -y y\n", False),  # what make needs is not known
        ("RUN apt-get install -y y\nRUN <<EOF python3\nx()\nEOF\n", False),  # not understood
        ("FROM debian:13\nRUN apt-get install -y y\n", True),  # not built on these lists
    ],
)
def test_lists_are_deleted_only_where_no_later_step_misses_them(
    tmp_path: Path, later: str, deleted: bool
):
    """Those that need them load them anew, or nothing is changed."""
    (file,) = linted(tmp_path, BASE + later, fixes=frozenset({FixClass.SAFE})).files

    assert file.mended is not None
    assert (b"install -y x && rm -rf /var/lib/apt/lists/*" in file.mended.content) is deleted


def test_what_is_let_stand_is_not_mended(tmp_path: Path):
    """A comment keeps its line as it is."""
    text = TEXT.replace("RUN apt", "# hadolint ignore=DL3014\nRUN apt")
    (file,) = linted(tmp_path, text, fixes=frozenset({FixClass.SAFE})).files

    assert file.mended is not None
    assert b"install curl" in file.mended.content


def test_settings_that_cannot_be_read_end_the_run(tmp_path: Path):
    """They would otherwise be silently without effect."""
    (tmp_path / ".hadolint.yaml").write_text("- x")
    with pytest.raises(UsageError):
        linted(tmp_path, suppress=SuppressSettings(folder=tmp_path))
    with pytest.raises(UsageError):
        linted(tmp_path, hadolint=tmp_path / "absent")


def test_labels_and_registries_reach_the_checks(tmp_path: Path):
    """The lines of .dockerignore too, without trouble where it is there."""
    (tmp_path / ".dockerignore").write_text("*.md\n")
    (tmp_path / "h.yaml").write_text("label-schema: {author: text}\nstrict-labels: true")
    found = linted(tmp_path, hadolint=tmp_path / "h.yaml")

    assert found.report.subjects[0].unknowns == ()


@pytest.mark.parametrize("text", ["FROM a:1\nUSER root\n", "FROM a:1\n"])
def test_a_name_that_two_rules_share_silences_both(tmp_path: Path, text: str):
    """Trivy calls an image without a user and one of root by the same number."""
    (tmp_path / ".trivyignore").write_text("DS-0002")
    settings = {"pedantic": True, "suppress": SuppressSettings(folder=tmp_path)}
    named = {"root-as-last-user", "no-user-set"}

    assert named & counting(linted(tmp_path, text, pedantic=True))
    assert not named & counting(linted(tmp_path, text, **settings))


def test_the_reason_counts_over_all_files(tmp_path: Path):
    """Not those of the first file that fails."""
    for name in ("a.Dockerfile", "b.Dockerfile"):
        (tmp_path / name).write_text("FROM a:1\nRUN sudo x\n")
    settings = LintSettings(paths=(str(tmp_path),), now=NOW, threshold=Severity.MEDIUM)
    report = lint_files(settings).report

    assert report.reasons == ("2 findings of severity medium or higher",)
