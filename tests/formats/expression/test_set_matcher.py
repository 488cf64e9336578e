"""Laws: matches are told by number and end; what is no matcher, or none for this machine, is refused."""

import pytest

from pratique.formats.expression.set_matcher import SetMatcher, Sought
from pratique.model.errors import FormatError

SOUGHT = (Sought(b"ab+c"), Sought(b"XYZ", folded=True), Sought(b"q", once=True))


def found(matcher, text):
    hits = []
    matcher.scan(text, lambda number, _start, end, _flags, _context: hits.append((number, end)))
    return hits


def test_each_match_is_told_as_it_was_asked_for():
    """Letter case counts unless it is folded, and one that is sought once is told once."""
    text = b"abc ABC xyz qq abbbc"
    assert found(SetMatcher.compiled(SOUGHT), text) == [(0, 3), (1, 11), (2, 13), (0, 20)]


def test_what_was_written_is_read():
    matcher = SetMatcher.compiled(SOUGHT)
    again = SetMatcher.read(matcher.written())
    assert found(again, b"abc xYz") == found(matcher, b"abc xYz") == [(0, 3), (1, 7)]


@pytest.mark.parametrize("spoil", ["cut", "changed", "empty", "other"])
def test_what_is_no_matcher_is_refused(spoil):
    data = SetMatcher.compiled(SOUGHT).written()
    middle = len(data) // 2
    changed = data[:middle] + bytes((data[middle] ^ 1,)) + data[middle + 1 :]
    spoilt = {"cut": data[:-1], "changed": changed, "empty": b"", "other": b"x" * 500}[spoil]
    with pytest.raises(FormatError):
        SetMatcher.read(spoilt)


def test_an_expression_that_cannot_be_sought_is_refused():
    with pytest.raises(FormatError):
        SetMatcher.compiled([Sought(rb"(a)\1")])
