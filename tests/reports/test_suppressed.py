from pratique.model.finding import Suppressor
from pratique.reports._suppressed import WORDS, suppressed_counts, suppressed_words
from tests.makers import report as made


def test_every_suppressor_has_words():
    """No finding is suppressed without saying whose word it is."""
    assert set(WORDS) == set(Suppressor)


def test_the_largest_group_comes_first():
    """Findings are counted by whose word it is; those that count are not."""
    findings = made.every_kind()["languages"].subjects[0].findings
    assert [who for who, _ in suppressed_counts(findings)] == [
        Suppressor.REACHABILITY,
        Suppressor.DISTRO,
        Suppressor.VEX,
    ]
    assert suppressed_words(findings).startswith("2 not in the program, 1 ")
    assert suppressed_words(made.findings()[:3]) == ""
