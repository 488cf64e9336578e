"""Prove that PE headers are read as the format says and refused when damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.pe import read_pe
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.program_files import address, offset, pe_of

_SECTIONS = {".text": b"code", ".data": b"datum"}


@pytest.mark.parametrize("wide", [True, False])
def test_sections_are_found_with_their_places(wide):
    """Both forms; the true length, not the one rounded up on disk."""
    found = read_pe(layer_file("p.exe", pe_of(_SECTIONS, wide=wide)))

    part = found.part(".data")
    assert (part.address, part.offset, part.size, part.writable) == (address(1), offset(1), 5, True)
    assert (found.word, found.system) == (8 if wide else 4, "windows")


@pytest.mark.parametrize("content", [b"MZ", b"MZ is a text", b"MZ" + bytes(200)])
def test_what_only_begins_like_one_is_none(content):
    """DOS programs and chance text are nobody's damage."""
    assert read_pe(layer_file("p", content)) is None


@pytest.mark.parametrize("cut", [80, 110, 340])
def test_cut_headers_are_refused(cut):
    """It said that it is one."""
    with pytest.raises(FormatError):
        read_pe(layer_file("p.exe", pe_of(_SECTIONS)[:cut]))


_GOOD = pe_of(_SECTIONS)


@given(st.lists(st.tuples(st.integers(0, 420), st.integers(0, 255)), max_size=6))
def test_mutations_raise_nothing_else(changes):
    """Only FormatError, and no part outside the file."""
    content = bytearray(_GOOD)
    for at, value in changes:
        content[at] = value
    try:
        found = read_pe(layer_file("p.exe", bytes(content)))
    except FormatError:
        return
    for part in found.parts if found else ():
        assert 0 <= part.offset <= part.offset + part.size <= len(content)
