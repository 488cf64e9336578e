"""Linted files are one table, worst first, that says what mends a finding and in which nothing acts."""

from msgspec.structs import replace

from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.reports import markdown
from pratique.reports._markdown_lint import is_lint, lint_lines
from pratique.reports.interface import Style
from tests.makers import report as made


def finding(rule: str, severity: Severity = Severity.LOW, **more: object) -> Finding:
    """Return a finding of a linted file."""
    base = Finding(
        id=f"config:{rule}",
        kind=FindingKind.CONFIG,
        rule=rule,
        title=f"{rule} is bad",
        description="x is y",
        severity=severity,
        location="Dockerfile",
        line=3,
    )
    return replace(base, **more)


def report(*findings: Finding, unknowns: tuple[Unknown, ...] = ()) -> Report:
    """Return a report on one linted file."""
    subject = Subject(
        kind=SubjectKind.FILE, target="Dockerfile", findings=findings, unknowns=unknowns
    )
    return Report(tool_version="1", now="2026-01-01T00:00:00Z", subjects=(subject,))


def test_only_reports_on_files_alone():
    """An image has a text of its own."""
    assert is_lint(report())
    assert not any(is_lint(one) for one in made.every_kind().values())
    assert not is_lint(replace(report(), subjects=()))


def test_nothing_found():
    """Said, with how much was looked at."""
    assert "✅ Nothing found in 1 file." in lint_lines(report(), 10)


def test_the_worst_stand_first_and_the_rest_is_folded():
    """Medium and worse in sight."""
    lines = lint_lines(
        report(
            finding("small"), finding("great", Severity.HIGH), finding("middle", Severity.MEDIUM)
        ),
        10,
    )
    shown = [line for line in lines if line.startswith("| ") and "Dockerfile:3" in line]

    assert ["great" in shown[0], "middle" in shown[1], "small" in shown[2]] == [True] * 3
    assert lines.index("<summary>1 low</summary>") > lines.index(shown[1])
    assert "**3 findings** in 1 file: 1 high, 1 medium, 1 low" in lines


def test_what_mends_it():
    """The option and what it does, taken out of the words."""
    text = "\n".join(
        lint_lines(
            report(
                finding("a", description="x is y (--fix: add -y)"),
                finding("b", description="z (--fix=verified mends it)"),
            ),
            10,
        )
    )
    assert "| a is bad: `x is y` | `a` | `--fix` add -y |" in text
    assert "| b is bad: `z` | `b` | `--fix=verified` |" in text
    assert "1 mended by `pratique lint --fix`" in text


def test_names_do_not_act():
    """Of a file or an object anything can be the name: links, mentions, bars, line breaks."""
    evil = finding("a", description="[x](http://e.example) @all | \n <b>", location="a|`b`.yaml")
    (row,) = (line for line in lint_lines(report(evil), 10) if line.startswith("| 🟡"))

    assert row.count(" | ") == 4
    assert "`[x](http://e.example) @all" in row


def test_a_title_of_strange_letters_is_no_markup():
    """Plugins have titles too."""
    (row,) = (
        line
        for line in lint_lines(report(finding("a", title="<img src=x> *a*")), 10)
        if "img" in line
    )
    assert "`<img src=x> *a*`" in row


def test_what_was_not_read_and_what_is_suppressed():
    """Both are said."""
    gap = Unknown(
        stage=Stage.SOURCE,
        unit="parser",
        location="Dockerfile:9",
        reason="no such thing",
        weight=Weight.BLOCKING,
    )
    text = "\n".join(lint_lines(report(finding("a", suppressed="known"), unknowns=(gap,)), 10))

    assert "⚠️ **Not looked at in full**" in text
    assert "no such thing" in text
    assert "| `Dockerfile:3` | `a` | `known` |" in text


def test_many_findings_fit():
    """Rows are left out and counted before GitHub refuses the comment."""
    many = [finding(f"r{n}", Severity.HIGH, description="w" * 250) for n in range(900)]
    text = markdown.render(report(*many), Style()).decode()

    assert len(text) <= 60_000
    assert "… and 8" in text or "… and 7" in text
    assert text.startswith("## Linted files")
