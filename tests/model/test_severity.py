"""Severities have one order, and unknown is below all without being low."""

import pytest

from pratique.model.severity import Score, Severity


def test_the_ranks_are_the_order_of_listing() -> None:
    """Highest first, no two alike."""
    ranks = [severity.rank for severity in Severity]

    assert ranks == [5, 4, 3, 2, 1, 0]
    assert Severity.CRITICAL is max(Severity, key=lambda severity: severity.rank)


def test_unknown_is_not_low() -> None:
    """No threshold is met by what nobody graded."""
    assert all(
        Severity.UNKNOWN.rank < severity.rank
        for severity in Severity
        if severity is not Severity.UNKNOWN
    )


@pytest.mark.parametrize("severity", list(Severity))
def test_a_severity_is_its_word(severity: Severity) -> None:
    """The word in a report reads back as the grade."""
    assert severity is Severity(str(severity))


def test_scores_can_be_sorted() -> None:
    """Equal sets of scores give equal reports: there is one order."""
    one = Score("nvd", "CVSS:3.1", "CVSS:3.1/AV:N", 9.8, Severity.CRITICAL)
    other = Score("debian", "vendor", "unimportant")

    assert [other, one] == sorted([one, other])
