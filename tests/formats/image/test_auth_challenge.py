"""Challenges are read as servers write them, and any text is read in linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.auth_challenge import Challenge, read_challenges


@pytest.mark.parametrize(
    ("header", "challenges"),
    [
        ("Basic", [Challenge("basic")]),
        ('Basic realm="a b"', [Challenge("basic", {"realm": "a b"})]),
        (
            'Bearer realm="https://a/t",service="s",scope="repository:x:pull,push"',
            [
                Challenge(
                    "bearer",
                    {"realm": "https://a/t", "service": "s", "scope": "repository:x:pull,push"},
                )
            ],
        ),
        (
            "Bearer realm=https://a/t , Basic realm=x, Negotiate",
            [
                Challenge("bearer", {"realm": "https://a/t"}),
                Challenge("basic", {"realm": "x"}),
                Challenge("negotiate"),
            ],
        ),
        ('Bearer Realm="a\\"b"', [Challenge("bearer", {"realm": 'a"b'})]),
        ("", []),
        ("=", []),
        ('Bearer realm="open', [Challenge("bearer", {})]),
    ],
)
def test_read(header, challenges):
    """Schemes and names are lower case, quotes are undone, the rest is left out."""
    assert list(read_challenges(header)) == challenges


@given(st.text(alphabet='aB="\\, \t/:é', max_size=60))
def test_any_text(header):
    """No text makes the reader fail."""
    read_challenges(header)


def test_hostile_text_is_read_quickly():
    """Long runs that could be read in many ways are still read once."""
    for text in ('a="' + "\\" * 8000, "a" * 8000, "a " * 4000, 'a="' * 2700, "," * 8000):
        read_challenges(f"Bearer {text}")
