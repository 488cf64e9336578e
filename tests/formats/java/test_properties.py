r"""Read Java's properties as java.util.Properties does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.java.properties import parse_properties


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a=b", {"a": "b"}),
        (b"a:b\na : c", {"a": "c"}),
        (b"a b", {"a": "b"}),
        (b"a", {"a": ""}),
        (b"  # comment\n! comment\n\na=1", {"a": "1"}),
        (b"a=1\\\n   2\\\n3", {"a": "123"}),
        (b"a=1\\\\\nb=2", {"a": "1\\", "b": "2"}),
        (rb"a\=b=c\u00e9\t\q", {"a=b": "cé\tq"}),
        (rb"a=\uZZZZ\ud800", {"a": "uZZZZ\ufffd"}),
        ("a=é".encode("latin-1"), {"a": "é"}),
        (b"a=1\r\nb=2\rc=3", {"a": "1", "b": "2", "c": "3"}),
    ],
)
def test_the_rules_of_java(content: bytes, expected: dict[str, str]) -> None:
    """Separators, comments, continuation, escapes, encoding."""
    assert parse_properties(content) == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    """And what comes out can be printed as UTF-8."""
    for key, value in parse_properties(content).items():
        (key + value).encode()
