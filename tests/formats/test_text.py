import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pratique.formats.text import MARK, columns, fitted, markdown, padded, printable


@given(st.text())
def test_printable_text_acts_on_nothing(text: str):
    """What comes out is one line without control, format, private or unassigned characters."""
    shown = printable(text)
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cn", "Co", "Cs"} for char in shown)
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_plain_text_stays_as_it_is(text: str):
    """Letters, digits, punctuation and symbols pass unchanged."""
    assume("::" not in text and "##" not in text)
    assert printable(text) == text


@given(st.text(), st.integers(0, 30))
def test_fitted_text_is_never_wider(text: str, width: int):
    """Cut and filled text takes the columns it was given."""
    shown = fitted(printable(text), width)
    assert columns(shown) <= width
    assert columns(padded(shown, width)) == width


def test_what_was_removed_leaves_a_mark():
    """A name with an override inside does not look like the name without."""
    assert printable("open\u202essl") == f"open{MARK}ssl"


def test_towers_of_combining_marks_are_cut():
    """One letter cannot paint over the lines above it."""
    assert len(printable("e" + "\u0301" * 500)) <= 6


@given(st.text(alphabet="<>[]()*_`!#|\\-.a\n", max_size=30))
def test_markdown_leaves_no_active_character(text: str):
    """Each character that Markdown acts on is escaped."""
    shown = markdown(text)
    plain = shown.replace("\\\\", "")
    for mark in "<>[]`*_#|!":
        assert plain.count(mark) == plain.count(f"\\{mark}")


@pytest.mark.parametrize(
    "text",
    ["::set-output name=a::b", "  ::error::x", "a ::stop-commands::t", "x##[add-path]/tmp", "##vso[task.setvariable variable=PATH]/tmp"],
)  # fmt: skip
def test_no_line_is_a_command_to_a_ci_service(text: str):
    """GitHub looks behind leading blanks, and it and Azure anywhere in a line."""
    shown = printable(text)
    assert len(shown) == len(text)
    assert not shown.lstrip().startswith("::")
    assert " ::" not in shown
    assert "##" not in shown
