"""Output texts are words and fields; nothing in them is lost."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.output import MAX_CHARS, MAX_FIELDS, parse_output
from pratique.formats.falco.syntax import FieldRef, Transform


def test_fields_and_words_alternate() -> None:
    """A field ends where its name ends."""
    assert parse_output("a=%proc.name, b=%proc.aname[2].") == (
        "a=",
        FieldRef("proc.name"),
        ", b=",
        FieldRef("proc.aname", "2"),
        ".",
    )


def test_the_old_mark_is_dropped() -> None:
    """``*%field`` and a ``*`` in front of all print as if it were not there."""
    assert parse_output("*%fd.name x") == (FieldRef("fd.name"), " x")
    assert parse_output("x *%fd.name") == ("x ", FieldRef("fd.name"))


def test_a_transformer_can_be_printed() -> None:
    """``%toupper(proc.name)`` is one."""
    assert parse_output("%toupper(proc.name)") == (Transform("toupper", (FieldRef("proc.name"),)),)


def test_a_percent_sign_before_anything_else_is_itself() -> None:
    """Percentages stay what they are."""
    assert parse_output("100% sure, 5%") == ("100% sure, 5%",)


def test_fields_and_characters_are_bounded() -> None:
    """An output cannot grow without end."""
    with pytest.raises(ConditionError):
        parse_output("x" * (MAX_CHARS + 1))
    with pytest.raises(ConditionError):
        parse_output("%a.b " * (MAX_FIELDS + 2))


@given(st.text(alphabet="%*a.b[]( )\"'", max_size=40))
def test_any_text_is_read_or_is_an_error(text: str) -> None:
    """The words that are no field are all there."""
    with contextlib.suppress(ConditionError):
        pieces = parse_output(text)
        if "%" not in text:
            assert "".join(map(str, pieces)) == text.removeprefix("*")
