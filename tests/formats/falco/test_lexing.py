"""The cursor takes one word at a time, and nothing where none stands."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.falco.lexing import FIELD, IDENTIFIER, ConditionError, Cursor


def test_a_word_moves_the_cursor_only_where_it_stands() -> None:
    """What is not there takes nothing."""
    cursor = Cursor("and x")

    assert not cursor.word("or")
    assert cursor.at == 0
    assert cursor.word("and")
    assert cursor.blank()
    assert not cursor.blank()
    assert cursor.match(IDENTIFIER) == "x"


def test_an_operator_of_letters_needs_a_blank() -> None:
    """``containsx`` is no operator; ``<=`` and ``in(`` are."""
    assert Cursor("containsx").one_of(("contains",)) == ""
    assert Cursor("contains x").one_of(("contains",)) == "contains"
    assert Cursor("<=1").one_of(("<=", "<")) == "<="
    assert Cursor("in(a)").one_of(("in",)) == "in"


def test_a_field_has_a_dot() -> None:
    """A word without one is the name of a macro."""
    assert Cursor("proc.name=x").match(FIELD) == "proc.name"
    assert Cursor("macro").match(FIELD) == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'a b'", "a b"),
        ('"a\\"b"', 'a"b'),
        ("'a\\'b'", "a'b"),
        ('"\\x41\\n"', "A\n"),
        ('"\\\\n"', "\\n"),
        ('""', ""),
    ],
)
def test_quotes_and_escapes_are_resolved(written: str, meant: str) -> None:
    """The text between the quotes is what is compared."""
    assert Cursor(written).quoted() == meant


def test_an_open_quote_is_no_text() -> None:
    """The cursor stays, and the parser says what it expected."""
    cursor = Cursor("'a")

    assert cursor.quoted() is None
    assert cursor.at == 0


def test_an_unknown_escape_is_an_error() -> None:
    """A letter that escapes nothing is named."""
    with pytest.raises(ConditionError, match="no escape"):
        Cursor('"\\q"').quoted()


@given(st.text(max_size=30))
def test_any_quoted_text_ends_or_is_an_error(text: str) -> None:
    """Never past the end of the text."""
    cursor = Cursor(f"'{text}")
    with contextlib.suppress(ConditionError):
        cursor.quoted()
    assert cursor.at <= len(text) + 1
