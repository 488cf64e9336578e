import pytest
from msgspec.structs import replace

from pratique.model.severity import Score, Severity
from pratique.reports._rules import level_of, rule
from tests.makers import report as made


@pytest.mark.parametrize(
    ("severity", "value", "number"),
    [
        (Severity.CRITICAL, 9.8, "9.8"),
        (Severity.LOW, 9.8, "2.0"),
        (Severity.HIGH, None, "8.0"),
        (Severity.NEGLIGIBLE, 5.0, "0.1"),
    ],
)
def test_a_score_counts_only_in_its_own_band(severity: Severity, value: float | None, number: str):
    """Where the score of one contradicts the severity of another, the severity decides."""
    scores = () if value is None else (Score("nvd", "CVSS:3.1", "", value),)
    finding = replace(made.findings()[0], severity=severity, scores=scores)
    assert rule("CVE-1", [finding]).properties.security_severity == number


def test_help_is_a_table_that_an_image_cannot_break():
    """A pipe or line break in a name of the image stays inside its cell."""
    finding = replace(made.findings()[0], package_name="a|b\n| c | d |")
    text = rule("CVE-1", [finding]).help.markdown
    (row,) = [line for line in str(text).splitlines() if "a\\|b" in line]
    assert row.replace("\\|", "").count("|") == 5


def test_a_flaw_in_many_packages_stays_readable():
    """The help lists the first twenty and counts the rest."""
    text = str(rule("CVE-1", [made.findings()[0]] * 50).help.markdown)
    assert text.count("| critical |") == 20
    assert "and 30 more places" in text


def test_unknown_severity_warns():
    """Unknown is not harmless."""
    assert level_of(Severity.UNKNOWN) == "warning"
