"""Law: every match of an expression holds a text of each set, letter case aside."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.expression.literals import LEAST, LONGEST, MOST, MOST_SETS, literals_of

EXPRESSIONS = (
    rb"\b(curl|wget)\s[^|]{0,9}\|\s?sh",
    rb"(?i)don[Aa]te-(?:level)?[0-9]{1,3}%?$",
    rb"(ab|a(?:c|d)?)x{2,3}(?=y)y?",
    rb"new\s+(Coin|Client)\.(A|U)[^\n]{0,4}z",
    rb"(?:q[a-c]w|e(rt|)y){1,3}uio",
    rb"[\s\S]{0,20}[-_](end|END)(?!x)",
    rb"a?b?c?",
    rb"[0-9]{3}",
    b"".join(rb"[abcd]%d" % number for number in range(9)),
    b"x" * 40,
)


@pytest.mark.parametrize("pattern", EXPRESSIONS)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_every_match_holds_a_text_of_each_set(pattern: bytes, data: st.DataObject) -> None:
    """Whatever stands around the match."""
    expression = re.compile(pattern)
    match = expression.search(data.draw(st.from_regex(expression)))
    assert match is not None
    for texts in literals_of(pattern):
        assert any(text in match[0].lower() for text in texts)


@pytest.mark.parametrize("pattern", EXPRESSIONS)
def test_what_is_told_is_bounded(pattern: bytes) -> None:
    """However an expression multiplies its alternatives."""
    sets = literals_of(pattern)

    assert len(sets) <= MOST_SETS
    for texts in sets:
        assert 0 < len(texts) <= MOST
        assert all(LEAST <= len(text) <= LONGEST for text in texts)


def test_the_longest_come_first() -> None:
    """What is long is rare."""
    assert literals_of(rb"ab[^x]cdef[^x]gh|[^x]?") == ()
    assert literals_of(rb"ab[^x]cdef[^x]gh(?:z)*") == (
        frozenset((b"cdef",)),
        frozenset((b"ab",)),
        frozenset((b"gh",)),
    )
