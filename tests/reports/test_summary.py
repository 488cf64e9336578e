import pytest

from pratique.model.advisory import DataStatus
from pratique.model.severity import Severity
from pratique.model.verdict import Answer
from pratique.reports._summary import count, counted, summarise
from tests.makers import report as made


def test_counts_add_up_and_keep_unknown_apart():
    """Every counted finding is in one severity; unknown is one of its own."""
    live = counted(made.subject())
    counts = count(live)
    assert counts.total == len(live) == len(made.findings()) - 1
    assert counts.unknown == sum(finding.severity is Severity.UNKNOWN for finding in live)


def test_suppressed_and_end_of_life_do_not_count():
    """They are said elsewhere."""
    subject = made.subject(findings=(made.end_of_life(), made.findings()[-1]))
    summary = summarise(subject, made.report(subject))
    assert (summary.findings, summary.suppressed, summary.end_of_life) == (0, 1, True)


@pytest.mark.parametrize(
    ("more", "run", "coverage"),
    [
        ({}, {}, "complete"),
        ({"unknowns": (made.UNREADABLE,)}, {}, "incomplete"),
        ({"packages": ()}, {}, "nothing to check"),
        ({"packages": (), "unknowns": (made.UNREADABLE,)}, {}, "incomplete"),
        ({}, {"data": ()}, "incomplete"),
        ({}, {"data": (DataStatus(ecosystem="Debian", present=False),)}, "incomplete"),
        ({}, {"scanned": False, "data": ()}, "not checked"),
    ],
)
def test_only_full_coverage_is_complete(more: dict, run: dict, coverage: str):
    """One gap, one ecosystem without data or no data at all are enough to say so."""
    subject = made.subject(**more)
    assert summarise(subject, made.report(subject, **run)).coverage == coverage


def test_kinds_and_parts_add_up():
    """Every finding that counts is of one kind and in one part; hidden ones are counted."""
    subject = made.judged(Answer.DENY)
    summary = summarise(subject, made.report(subject))
    assert sum(summary.kinds.values()) == summary.findings
    assert sum(counts.total for counts in summary.parts.values()) == summary.findings
    assert (summary.kinds["secret"], summary.hidden) == (2, 1)


def test_unknown_parts_are_no_split():
    """Where nobody knows which part brought a finding, no split is shown."""
    assert summarise(made.subject(), made.report()).parts == {}
