"""Variables become what a build would make of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.variables import MAX_CHARS, expand, names_in
from pratique.model.errors import FormatError, LimitExceeded

VALUES = {"A": "x", "E": "", "P": "a/b/c.tar.gz"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("$A-${A}", "x-x"),
        ("$AB", ""),
        ("${N:-d}${E:-d}${E-d}${A:-d}", "ddx"),
        ("${N:+s}${E:+s}${A:+s}${E+s}", "ss"),
        ("${N:-${M:-deep}}", "deep"),
        ("${N:?why}", ""),
        ("\\$A '$A' \"$A\"", "$A $A x"),
        ('"\\n\\$A"', "\\n$A"),
        ("${P#*/} ${P##*/}", "b/c.tar.gz c.tar.gz"),
        ("${P%.*} ${P%%.*}", "a/b/c.tar a/b/c"),
        ("${P/b/z} ${P//./-}", "a/z/c.tar.gz a/b/c-tar-gz"),
        ("a$", "a$"),
        ("${", "${"),
    ],
)
def test_expansion(text: str, result: str) -> None:
    assert expand(text, VALUES).text == result


def test_what_is_missing_is_named_once() -> None:
    assert expand("$X ${Y:-1} $X ${Z}", {}).missing == ("X", "Z")


def test_quotes_may_stay() -> None:
    assert expand("'$A' \"$A\" \\$A", VALUES, keep_quotes=True).text == "'$A' \"x\" \\$A"


def test_names() -> None:
    assert names_in("${A:+$B}/$C") == ("A", "B", "C")


def test_growth_is_bounded() -> None:
    with pytest.raises(LimitExceeded):
        expand("$L" * 2000, {"L": "x" * (MAX_CHARS // 1000)})


def test_depth_is_bounded() -> None:
    with pytest.raises(LimitExceeded):
        expand("${A:-" * 100 + "}" * 100, {})


@given(st.text(alphabet="${}AB:-+?#%/*'\"\\ x", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    try:
        expand(text, VALUES)
    except FormatError:
        pass
