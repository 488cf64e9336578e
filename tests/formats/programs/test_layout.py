"""Prove that addresses find their bytes, and that nothing outside the file is ever read."""

from pratique.formats.programs.layout import CHUNK, Kind, Part, Program, chunks, clipped, read_at
from tests.makers.layer_file import layer_file

_PARTS = (Part("a", 0x1000, 0, 4), Part("b", 0x2000, 4, 3), Part("debug", 0, 0, 7))
_PROGRAM = Program(Kind.ELF, 8, True, _PARTS)


def test_an_address_is_read_from_its_part_and_no_further():
    """Up to the end of the part; where nothing is loaded there is nothing."""
    file = layer_file("p", b"abcdefg")

    assert read_at(file, _PROGRAM, 0x1001, 9) == b"bcd"
    assert read_at(file, _PROGRAM, 0x2002, 1) == b"g"
    assert read_at(file, _PROGRAM, 0x3000, 1) == b""
    assert read_at(file, _PROGRAM, 3, 1) == b""


def test_a_part_without_bytes_is_not_found():
    """Names repeat in damaged files; only one that holds something counts."""
    parts = (Part("x", 1, 0, 0), Part("x", 2, 0, 4))

    assert Program(Kind.ELF, 8, False, parts).part("x") == parts[1]
    assert Program(Kind.ELF, 8, False, parts[:1]).part("x") is None


def test_chunks_cover_a_stretch_once_and_go_on_by_the_overlap():
    """Whatever straddles an edge is whole in one of them."""
    file = layer_file("p", bytes(CHUNK) + b"abc" + bytes(10))

    found = list(chunks(file, 1, CHUNK + 20, 4))

    assert [(at, len(data)) for at, data in found] == [(1, CHUNK + 4), (CHUNK + 1, 12)]


def test_clipping_never_leaves_the_file():
    """Offsets past the end, and sizes that wrap around, give nothing or what is there."""
    file = layer_file("p", b"abcd")

    assert clipped(file, 2, 1 << 64) == (2, 2)
    assert clipped(file, 1 << 63, 1) == (0, 0)
