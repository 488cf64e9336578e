"""Prove that Mach-O headers are read as the format says and refused when damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.macho import read_macho
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.program_files import address, macho_of, offset

_SECTIONS = {"__text": b"code", "__data": b"datum"}


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("big", [True, False])
def test_sections_are_found_with_their_places(wide, big):
    """Both word sizes and byte orders."""
    found = read_macho(layer_file("p", macho_of(_SECTIONS, wide=wide, big=big)))

    part = found.part("__data")
    assert (part.address, part.offset, part.size, part.writable) == (address(1), offset(1), 5, True)
    assert (found.word, found.big_endian, found.system) == (8 if wide else 4, big, "darwin")


@pytest.mark.parametrize(
    "content", [macho_of(_SECTIONS)[:20], macho_of(_SECTIONS)[:36].ljust(80, b"\0")]
)
def test_damaged_headers_are_refused(content):
    """It said that it is one."""
    with pytest.raises(FormatError):
        read_macho(layer_file("p", content))


_GOOD = macho_of(_SECTIONS)


@given(st.lists(st.tuples(st.integers(4, 300), st.integers(0, 255)), max_size=6))
def test_mutations_raise_nothing_else(changes):
    """Only FormatError, and no part outside the file."""
    content = bytearray(_GOOD)
    for at, value in changes:
        content[at] = value
    try:
        found = read_macho(layer_file("p", bytes(content)))
    except FormatError:
        return
    for part in found.parts:
        assert 0 <= part.offset <= part.offset + part.size <= len(content)
