"""Words end at white space outside quotes."""

import pytest

from pratique.formats.dockerfile.tree import Folded
from pratique.formats.dockerfile.words import words_of


def split(text: str, escape: str = "\\") -> list[tuple[str, str]]:
    return [(word.raw, word.value) for word in words_of(Folded(text, ((0, 0),)), escape)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  b\t c ", [("a", "a"), ("b", "b"), ("c", "c")]),
        ("a\\ b", [("a\\ b", "a b")]),
        ("A='x y'z", [("A='x y'z", "A=x yz")]),
        ('"a \\" b"', [('"a \\" b"', 'a " b')]),
        ('"a \\n"', [('"a \\n"', "a \\n")]),
        ("${A:-b c} d", [("${A:-b c}", "${A:-b c}"), ("d", "d")]),
        ("'open x", [("'open x", "open x")]),
        ("a`b", [("a`b", "a`b")]),
        ("a\\", [("a\\", "a\\")]),
    ],
)
def test_splitting(text: str, words: list[tuple[str, str]]) -> None:
    assert split(text) == words


def test_another_escape_mark() -> None:
    assert split("c:\\x `  y", "`") == [("c:\\x", "c:\\x"), ("` ", " "), ("y", "y")]


def test_a_single_quote_keeps_variables() -> None:
    literal, plain = words_of(Folded("'$a' $b", ((0, 0),)))
    assert (literal.literal, plain.literal) == (True, False)
