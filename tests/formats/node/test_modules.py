"""The loaded modules are the first words of the lines, bounded."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.node.modules import MOST_MODULES, read_modules


def test_modules():
    """One for each line."""
    assert read_modules(b"a 1 2 - Live 0x0\nb 3\n\n") == {"a", "b"}
    many = b"".join(b"m%d 1\n" % number for number in range(MOST_MODULES + 9))
    assert len(read_modules(many)) == MOST_MODULES


@given(st.binary(max_size=200))
def test_never_crashes(content):
    """Any bytes are names or none."""
    read_modules(content)
