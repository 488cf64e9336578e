"""A publisher's word becomes a grade and is kept."""

import pytest

from pratique.formats.feeds.severity_words import severity_of_word, vendor_score, worst
from pratique.model.severity import Severity


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("Critical", Severity.CRITICAL),
        ("important", Severity.HIGH),
        ("high**", Severity.HIGH),
        ("Moderate", Severity.MEDIUM),
        ("low", Severity.LOW),
        ("unimportant", Severity.NEGLIGIBLE),
        ("not yet assigned", Severity.UNKNOWN),
        ("", Severity.UNKNOWN),
    ],
)
def test_words_of_all_vendors(word: str, severity: Severity) -> None:
    """Case and stars do not matter; what is not known is unknown, never low."""
    assert severity_of_word(word) is severity


def test_the_word_is_kept() -> None:
    """A vendor's score holds the word as written."""
    score = vendor_score("debian", "low**")

    assert (score.kind, score.vector, score.severity) == ("vendor", "low**", Severity.LOW)


def test_worst_of_none_is_unknown() -> None:
    """Without a grade there is no grade."""
    assert worst(()) is Severity.UNKNOWN
