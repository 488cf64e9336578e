"""Expressions match whole texts as ``re`` would, in time linear in the text."""

import contextlib
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pratique.formats.expression.linear import MAX_CHARS, BadExpression, full_matcher


@given(st.text("ab|()*+?[]^$.{}12,", max_size=10), st.lists(st.text("ab1", max_size=6), max_size=5))
def test_what_matches_is_what_re_matches(expression: str, texts: list[str]) -> None:
    """Wherever both read the expression."""
    try:
        plain = re.compile(expression)
        matches = full_matcher(expression)
    except (re.error, BadExpression, FutureWarning):
        assume(False)
    for text in texts:
        assert matches(text) == (plain.fullmatch(text) is not None)


@pytest.mark.parametrize(
    "expression", ["(a+)+b", "(a|aa)+b", "(a*)*b", "(.*a){12}b", "(a|a)*b", "a*a*a*a*a*a*b"]
)
def test_no_expression_takes_forever(expression: str) -> None:
    """Those that make backtracking engines stand still end at once."""
    assert not full_matcher(expression)("a" * 20_000)


@pytest.mark.parametrize(
    ("expression", "holds", "fails"),
    [
        ("[[:alpha:]]+[[:digit:]]", "ab1", "1ab"),
        ("(?i)curl|WGET", "wget", "curlx"),
        (r"\d+\.\d+", "1.2", "1x2"),
        ("/usr/(s)?bin/.*", "/usr/bin/x", "/usr/lib/x"),
        ("(?:a|b|c)(?:d|e)", "be", "b"),
        ("a{2,3}(b|c)", "aab", "ab"),
        ("[^/]+(/x|/y)", "a/y", "a/b/y"),
        ("", "", "a"),
    ],
)
def test_the_dialect(expression: str, holds: str, fails: str) -> None:
    """Classes, groups, repeats and flags of RE2's POSIX syntax."""
    matches = full_matcher(expression)

    assert matches(holds)
    assert not matches(fails)


@pytest.mark.parametrize(
    "expression", ["(", "a{9,1}", "(?=a)b", r"(a)\1", "[[:nothing:]]", "(a{900}){900}", "*"]
)
def test_what_cannot_be_bounded_is_refused(expression: str) -> None:
    """Look-around, back references, and what grows too large."""
    with pytest.raises(BadExpression):
        full_matcher(expression)


def test_the_length_is_bounded() -> None:
    """An expression is written by a person."""
    with pytest.raises(BadExpression, match="characters"):
        full_matcher("a" * (MAX_CHARS + 1))


@given(st.text(max_size=30))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    """Nothing else comes out of it."""
    with contextlib.suppress(BadExpression):
        full_matcher(text)("x")
