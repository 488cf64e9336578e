"""Law: a translated expression finds in Python what the original finds in Go (cases by RE2's rules)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.expression.re2 import compiled_re2
from pratique.model.errors import FormatError


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"(?i)abc", b"xABCx", b"ABC"),
        (r"a(?i)b|c", b"aB", b"aB"),
        (r"a(?i)b|c", b"AB", None),
        (r"x(a(?i)b)C", b"xaBC", b"xaBC"),
        (r"x(a(?i)b)C", b"xaBc", None),
        (r"(?i:a)b", b"Ab", b"Ab"),
        (r"(?i)a(?-i)b", b"AB", None),
        (r"a$", b"a\n", None),
        (r"(?m)a$", b"a\nb", b"a"),
        (r"(?m:^b$)", b"a\nb\n", b"b"),
        (r"a\z", b"a", b"a"),
        (r"\Qa.b\E", b"axb a.b", b"a.b"),
        (r"[[:alpha:]]+[[:digit:]]", b"--ab1", b"ab1"),
        (r"[^[:space:]]{2,}", b" \tab ", b"ab"),
        (r"[][a]+x", b"[]ax", b"[]ax"),
        (r"(?<name>a)\x{e9}", "aé".encode(), "aé".encode()),
        (r"é+", "éé".encode(), "éé".encode()),
        (r"(?s)a.b", b"a\nb", b"a\nb"),
        (r"a.b", b"a\nb", None),
        (r"a{2,}?b", b"aaab", b"aaab"),
        (r"(a|b)*c", b"abac", b"abac"),
    ],
)
def test_expressions_mean_what_they_mean_in_go(pattern, text, found):
    match = compiled_re2(pattern).search(text)
    assert (match and match[0]) == found


@pytest.mark.parametrize(
    "pattern",
    [
        r"\pL",
        r"\p{Greek}x",
        r"(?U)a+",
        r"\C",
        r"(",
        r")",
        r"a**",
        r"[é]x",
        r"[[:nope:]]",
        r"\k",
        "a" * 20_000,
    ],
)
def test_what_has_no_equal_is_refused(pattern):
    with pytest.raises(FormatError):
        compiled_re2(pattern)


def test_the_greatest_bound_that_fits_is_taken():
    assert compiled_re2(r"a+").pattern == b"a{1,8192}"
    assert compiled_re2(r"(?:a+b+){1,9}").pattern == b"(?:a{1,1024}b{1,1024}){1,9}"


@given(st.text(alphabet="ab(|)[]{}?*+:\\^$.-i<>PQEz1,é\n", max_size=20))
def test_any_text_is_translated_or_refused(pattern):
    try:
        compiled_re2(pattern)
    except FormatError:
        pass


def test_a_bracket_in_a_set_is_a_bracket():
    """Python warns that it may become a set of its own; it is none yet."""
    assert compiled_re2("[[a]").fullmatch(b"[")
