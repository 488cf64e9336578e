"""One line for each finding, which editors and people find their way by."""

import pytest
from hypothesis import given, settings

from pratique.model.report import Report, Subject, SubjectKind
from pratique.reports import html, lines, markdown, table
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.strange import strange_reports

KINDS = made.every_kind()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_finding_that_counts_has_its_line(kind: str):
    """And the last one counts them."""
    report = KINDS[kind]
    text = lines.render(report, Style()).decode()
    counted = [f for one in report.subjects for f in one.findings if not f.suppressed]
    unknowns = sum(len(one.unknowns) for one in report.subjects)

    assert len(text.splitlines()) == len(counted) + unknowns + 1
    assert text.splitlines()[-1].startswith(f"{len(counted)} finding")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_suppressed_ones_are_told_when_asked(kind: str):
    """With the reason."""
    report = KINDS[kind]
    text = lines.render(report, Style(show_suppressed=True)).decode()
    hidden = [f for one in report.subjects for f in one.findings if f.suppressed]

    assert text.count("[suppressed: ") == len(hidden)


@settings(max_examples=30, deadline=None)
@given(strange_reports())
def test_no_text_breaks_a_line(report: Report):
    """Control characters of an image or file never reach the terminal."""
    text = lines.render(report, Style(colour=False)).decode()

    assert "\x1b" not in text
    assert "\r" not in text


def test_a_linted_file_is_no_image_without_packages():
    """Nothing is said of packages or advisory data, and a clean one is clean."""
    clean = Subject(kind=SubjectKind.FILE, target="Dockerfile")
    report = Report(tool_version="1", now="2026-01-01T00:00:00Z", subjects=(clean,))

    nothing = "the checks of its kind found nothing"
    for reporter, words in (
        (table, nothing),
        (markdown, "Nothing found in 1 file"),
        (html, nothing),
    ):
        text = reporter.render(report, Style()).decode()
        assert "linted file" in text.lower()
        assert words in text
        assert "no distribution" not in text
    assert "Advisory data" not in table.render(report, Style()).decode()
