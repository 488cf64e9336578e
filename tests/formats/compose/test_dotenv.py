"""Environment files are read as Compose reads them, whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.compose import dotenv
from pratique.formats.compose.dotenv import read_environment
from pratique.model.errors import LimitExceeded


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=1", "1"),
        ("A = 1 ", "1"),
        ("A: 1", "1"),
        ("export A=1", "1"),
        ("A=1 # one", "1"),
        ("A=a#b", "a#b"),
        ("A='x # $B'", "x # $B"),
        ('A="x\\ty"', "x\ty"),
        ('A="two\nlines"', "two\nlines"),
        ("A=$B", "b"),
        ("A='open", "'open"),
        ("A=", ""),
        ("A=${", "${"),
    ],
)
def test_forms(line: str, value: str):
    """Quotes, comments, export, variables of before."""
    assert read_environment(line.encode(), {"B": "b"}).values() == {"A": value}


def test_lines_are_numbered_and_odd_ones_counted():
    """A value over lines moves what follows; a bare name is no mistake, a sentence is."""
    found = read_environment(b"# one\nA='x\ny'\r\nB=2\nC\nnot this\n")

    assert [(one.name, one.line) for one in found.variables] == [("A", 2), ("B", 4)]
    assert found.odd == 1


def test_bounds():
    """Too large, too many."""
    with pytest.raises(LimitExceeded):
        read_environment(b"#" * (dotenv.MOST_BYTES + 1))
    with pytest.raises(LimitExceeded):
        read_environment(b"A=1\n" * (dotenv.MOST_NAMES + 1))


@given(st.binary(max_size=200) | st.text("A=:'\"\\$\n #x", max_size=60).map(str.encode))
def test_no_bytes_break_it(content: bytes):
    """Lines are in order, names are names."""
    found = read_environment(content).variables
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert all(one.name for one in found)
