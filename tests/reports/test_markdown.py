import re

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.model.finding import FindingKind
from pratique.model.report import Report
from pratique.reports import markdown
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.makers.application import weaknesses_of_an_application
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


def text(report: Report) -> str:
    return markdown.render(report, Style()).decode()


def outside(content: str) -> str:
    """Return what stands outside code spans."""
    return "\n".join(SPAN.sub("", line) for line in content.split("\n"))


@pytest.mark.parametrize("kind", ["contraband", "everything", "languages", "incomplete"])
def test_equals_its_golden(kind: str):
    """The text looks as it was last reviewed."""
    golden(f"report-{kind}.md", markdown.render(KINDS[kind], Style()))


@settings(max_examples=60, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_acts(report: Report):
    """Outside code spans stand our own words only: no HTML, mention, image or heading of others."""
    shown = outside(text(report))
    tags = set(re.findall(r"<[^>]*>?", shown))
    assert tags <= {"<details>", "</details>", "<summary>", "</summary>", "<sub>", "</sub>"}
    assert "@" not in re.sub(r"\]\([^)]*\)", "", shown)
    assert "![" not in shown
    assert all(char == "\n" or char.isprintable() for char in shown)


def test_tables_keep_their_columns():
    """A bar in a name does not open a column."""
    odd = made.deb("a|b\\|c`d``|", "1|2")
    finding = made.finding("CVE-2026-1|2", odd, made.Severity.HIGH, "3|4")
    lines = text(made.report(made.subject(packages=(odd,), findings=(finding,)))).split("\n")
    rows = [line for line in lines if line.startswith("|")]
    # As cmark-gfm does it: a backslash takes the next sign with it, a bar alone ends a cell.
    cells = [len(re.findall(r"(?:\\.|[^|\\]|\\$)+", row.strip("|"))) for row in rows]
    assert set(cells) == {4}


@pytest.mark.parametrize("count", [0, 300, 30_000])
def test_it_fits_a_comment(count: int):
    """However many findings there are, the text fits a comment and what is left out is counted."""
    shown = text(made.large(count))
    assert len(shown) <= 60_000
    assert ("more: see another format" in shown) == (count > 200)


def test_a_pass_with_gaps_is_no_pass():
    """What was not looked at takes the word back."""
    gap = made.subject(findings=(), unknowns=(made.UNCOVERED,))
    report = made.report(
        gap, threshold="high", outcome="pass", reasons=("1 thing was not looked at",)
    )
    shown = text(report)
    assert "PASS" not in shown
    assert "INCOMPLETE" in shown
    assert "✅ **PASS** nothing `high` or worse was found" in text(KINDS["clean"])


def test_a_verdict_and_contraband_come_first():
    """A reader of a pull request sees the answer, why, and what must not ship before any table of flaws."""
    shown = text(KINDS["contraband"])
    places = [
        shown.index(word)
        for word in ("❌ **DENY**", "**Contraband**", "AKIA…(20)", "**Fix now**", "<details>")
    ]
    assert places == sorted(places)
    assert "PASS" not in shown
    assert "FAIL" not in shown


def test_what_a_baseline_lacks_is_marked_new():
    """Only where a policy compared with a baseline is anything called new."""
    subject = KINDS["contraband"].subjects[0]
    live = [one for one in subject.findings if one.kind is not FindingKind.END_OF_LIFE]
    held = tuple(one.id for one in subject.findings if one is not live[0])
    against = replace(subject.verdict, baseline="report.json", accepted=held)
    shown = text(made.report(replace(subject, verdict=against)))
    assert "All 17 findings, 1 new" in shown
    assert shown.count("**new**") == 1
    assert "**new**" not in text(KINDS["contraband"])


def test_weaknesses_of_the_application_are_listed():
    """They have a table of their own, which is not folded."""
    subject = replace(KINDS["contraband"].subjects[0], findings=weaknesses_of_an_application())
    shown = text(made.report(subject))
    assert shown.index("**Application**") < shown.index("`GET /items`") < shown.index("<details>")
