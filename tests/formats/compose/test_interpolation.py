"""Variables are put in as Compose does, within bounds, and what is not known is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.compose.interpolation import MAX_DEPTH, fill
from pratique.model.errors import FormatError, LimitExceeded

VALUES = {"SET": "v", "EMPTY": ""}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$SET", "v"),
        ("${SET}x", "vx"),
        ("$SET$EMPTY.", "v."),
        ("${NONE:-d}", "d"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${NONE-d}", "d"),
        ("${SET:-d}", "v"),
        ("${SET:+r}", "r"),
        ("${EMPTY:+r}", ""),
        ("${EMPTY+r}", "r"),
        ("${NONE+r}", ""),
        ("${NONE:-${SET}}", "v"),
        ("${NONE:-${EMPTY:-${SET}-x}}", "v-x"),
        ("${NONE:-a}b}", "ab}"),
        ("$$SET $$ $1 $", "$SET $ $1 $"),
        ("$${SET}", "${SET}"),
        ("${SET:?needed}", "v"),
        ("${NONE:-}", ""),
    ],
)
def test_forms(text: str, wanted: str):
    """Each form of the reference, set, empty and not set."""
    assert fill(text, VALUES).text == wanted


@pytest.mark.parametrize("text", ["$NONE", "${NONE}", "${NONE:?x}", "${NONE?x}", "${A:-$NONE}"])
def test_what_nobody_set_is_named(text: str):
    """Whoever judges the text must know that a part is missing."""
    assert fill(text, VALUES).unset == ("NONE",)


@pytest.mark.parametrize("text", ["${", "${SET", "${}", "${1}", "${SET/x/y}", "${SET:x}", "${:-x}"])
def test_what_compose_refuses(text: str):
    """Not a variable, and no text either."""
    with pytest.raises(FormatError):
        fill(text, VALUES)


def test_bounds():
    """Neither depth nor size nor number is the file's to choose."""
    deep = "${A:-" * (MAX_DEPTH + 2) + "}" * (MAX_DEPTH + 2)
    for text, values in ((deep, {}), ("$A" * 20_000, {}), ("$A" * 900, {"A": "x" * 1000})):
        with pytest.raises(LimitExceeded):
            fill(text, values)


@given(st.text("$A{}:-?+ab_1", max_size=60))
def test_no_text_breaks_it(text: str):
    """A text is filled or refused."""
    try:
        found = fill(text, {"A": "1"})
    except FormatError:
        return
    assert "$" in text or found.text == text
