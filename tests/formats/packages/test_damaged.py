import pytest

from pratique.formats.packages.damaged import Damaged, is_word, shown


@pytest.mark.parametrize("text", ["a", "1:2.3-4~rc1+b2", "ü", "x" * 512])
def test_printable_text_without_spaces_is_a_word(text: str) -> None:
    """Names and versions of all distributions are words."""
    assert is_word(text)


@pytest.mark.parametrize("text", ["", " ", "a b", "a\n", "\x1b[2J", "\u202eabc", "x" * 513, "a\0"])
def test_text_that_could_mislead_is_no_word(text: str) -> None:
    """Spaces, control characters, direction overrides and endless text are not believed."""
    assert not is_word(text)


def test_shown_text_stays_on_one_line() -> None:
    """A reason quotes at most 60 characters, escaped."""
    assert "\n" not in shown("a\nb\x1b")
    assert len(shown("x" * 10_000)) == 62


def test_damage_is_a_value() -> None:
    """Two records damaged in the same way are equal."""
    assert Damaged("x") == Damaged("x")
