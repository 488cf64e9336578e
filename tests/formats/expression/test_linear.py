"""Expressions match as Python's do, in time linear in the text, or are refused."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.expression.linear import MAX_CHARS, BadExpression, full_matcher

ATOMS = ("a", "b", "[ab]", "[^a]", ".", r"\d", "x?", "c")


def _expression(random: Random, depth: int = 0) -> str:
    """Return an expression of what both engines read alike."""
    parts = []
    for _ in range(random.randint(1, 3)):
        nested = depth < 3 and random.random() < 0.4
        part = f"({_expression(random, depth + 1)})" if nested else random.choice(ATOMS)
        if not part.endswith("?"):
            part += random.choice(["", "", "*", "+", "?", "{1,2}", "{2}", "*?"])
        parts.append(part)
    text = "".join(parts)
    return f"{text}|{random.choice(ATOMS)}" if random.random() < 0.3 else text


@given(st.integers(0, 2**32).map(Random), st.text("abcx1\n", max_size=7))
def test_matches_are_those_of_python(random: Random, text: str) -> None:
    """Where Python needs no more than a moment, both give one answer."""
    expression = _expression(random)

    assert full_matcher(expression)(text) == (re.fullmatch(expression, text) is not None)


@pytest.mark.parametrize(
    "expression", ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)(.*)x", "a?" * 40 + "a" * 40]
)
def test_nothing_backtracks_without_end(expression: str) -> None:
    """What would take Python years is answered at once."""
    matches = full_matcher(expression)

    assert matches("a" * 20_000) is False


@pytest.mark.parametrize(
    ("expression", "yes", "no"),
    [
        ("[[:alpha:]]+[[:digit:]]", "abc1", "abc"),
        ("^/usr/(s)?bin/.*$", "/usr/sbin/nft", "x/usr/bin/y"),
        ("(?i)(PASS|secret)(wd)+", "passwdWD", "pass"),
        ("(a|b)*(^c|d$)*", "abd", "acd"),
        ("((a|^)b)+", "bab", "bb"),
        ("[^\\s]+[\\w-](x|y){2}", "ab-xy", "a xy"),
        ("", "", "a"),
    ],
)
def test_the_dialect(expression: str, yes: str, no: str) -> None:
    """Classes, anchors and flags mean what they mean in RE2; the whole text has to match."""
    matches = full_matcher(expression)

    assert matches(yes)
    assert not matches(no)


@pytest.mark.parametrize(
    "expression",
    ["(", "a(?=b)", r"(a)\1", r"\bword", "(?<=a)b", "[[:nothing:]]", "(?s).", "a{1,9999}b{1,9999}"],
)
def test_what_is_refused(expression: str) -> None:
    """No expression, look-around, references, boundaries, and what grows too large."""
    with pytest.raises(BadExpression) as caught:
        full_matcher(expression)

    assert caught.value.hint()


def test_a_long_expression_is_refused() -> None:
    with pytest.raises(BadExpression):
        full_matcher("a" * (MAX_CHARS + 1))


@given(st.text(max_size=20), st.text(max_size=10))
def test_any_text_is_an_expression_or_refused(expression: str, text: str) -> None:
    """Nothing else comes out of hostile expressions."""
    try:
        matches = full_matcher(expression)
    except BadExpression:
        return

    assert matches(text) in (True, False)
