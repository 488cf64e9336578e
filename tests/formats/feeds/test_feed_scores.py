"""CVSS scores keep vector, version and value."""

import pytest

from pratique.formats.feeds.feed_scores import cvss_score
from pratique.model.severity import Severity


@pytest.mark.parametrize(
    ("vector", "kind"),
    [
        ("AV:N/AC:L/Au:N/C:P/I:P/A:P", "CVSS:2.0"),
        ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.0"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1"),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "CVSS:4.0"),
    ],
)
def test_the_version_is_the_vectors(vector: str, kind: str) -> None:
    """The kind is read from the vector; version 2 has no prefix."""
    assert (cvss_score("nvd", vector).kind, cvss_score("nvd", vector).vector) == (kind, vector)


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (10.0, Severity.CRITICAL),
        (9.0, Severity.CRITICAL),
        (8.9, Severity.HIGH),
        (4.0, Severity.MEDIUM),
        (0.1, Severity.LOW),
        (0.0, Severity.NEGLIGIBLE),
    ],
)
def test_the_published_value_grades(value: float, severity: Severity) -> None:
    """Grades follow CVSS v3.1, table 14."""
    score = cvss_score("nvd", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", value)

    assert (score.value, score.severity) == (value, severity)


def test_version_2_knows_no_critical() -> None:
    """A version 2 score of 10 is high."""
    assert cvss_score("nvd", "AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0).severity is Severity.HIGH


def test_an_impossible_value_is_left_open() -> None:
    """A number that no CVSS has is not taken over."""
    assert cvss_score("nvd", "AV:N/AC:L/Au:N/C:C/I:C/A:C", 11.0).value is None
