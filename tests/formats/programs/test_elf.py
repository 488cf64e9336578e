"""Prove that ELF headers are read as the format says, in few reads, and refused when damaged."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.elf import MAX_SECTIONS, note_segments, read_elf
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.layer_file import layer_file
from tests.makers.program_files import address, elf_of, offset

_SECTIONS = {".text": b"code", ".data": b"datum"}


class _Counting:
    """A file that counts what is read of it."""

    def __init__(self, content: bytes) -> None:
        self._content, self.reads, self.bytes = content, 0, 0
        self.size_bytes = len(content)

    def read(self, offset: int, size: int) -> bytes:
        self.reads += 1
        found = self._content[offset : offset + size]
        self.bytes += len(found)
        return found


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("big", [True, False])
def test_sections_are_found_with_their_places(wide, big):
    """Both word sizes and byte orders."""
    found = read_elf(layer_file("p", elf_of(_SECTIONS, wide=wide, big=big)))

    part = found.part(".data")
    assert (part.address, part.offset, part.size) == (address(1), offset(1), 5)
    assert (found.word, found.big_endian, found.sectioned) == (8 if wide else 4, big, True)


@pytest.mark.parametrize("wide", [True, False])
def test_without_sections_segments_stand_in(wide):
    """A program whose section headers were taken away is still one."""
    found = read_elf(layer_file("p", elf_of(_SECTIONS, wide=wide, sectioned=False)))

    assert not found.sectioned
    assert [(one.address, one.size, one.writable) for one in found.parts] == [
        (address(0), 4, True),
        (address(1), 5, True),
    ]
    assert note_segments(layer_file("p", elf_of(_SECTIONS, wide=wide, sectioned=False))) == ()


@pytest.mark.parametrize(
    ("machine", "big", "wide", "name"),
    [
        (62, False, True, "amd64"),
        (183, False, True, "arm64"),
        (8, True, False, "mips"),
        (8, False, True, "mips64le"),
        (8, True, True, "mips64"),
        (21, False, True, "ppc64le"),
        (21, True, True, "ppc64"),
        (22, True, True, "s390x"),
        (9999, False, True, ""),
    ],
)
def test_processors_are_called_as_go_calls_them(machine, big, wide, name):
    """What limits an advisory to a processor is compared with this word."""
    found = read_elf(layer_file("p", elf_of(_SECTIONS, machine=machine, big=big, wide=wide)))

    assert (found.machine, found.system) == (name, "linux")


def test_headers_take_few_small_reads():
    """Every library of an image comes by: 4 reads, not the program."""
    file = _Counting(elf_of({**_SECTIONS, ".rodata": bytes(0x4000)}))

    read_elf(file)

    assert file.reads <= 4
    assert file.bytes < 1000


@pytest.mark.parametrize("kind", [1, 4])
def test_object_files_and_core_dumps_are_no_programs(kind):
    """They are left alone, not damaged."""
    assert read_elf(layer_file("p", elf_of(_SECTIONS, kind=kind))) is None


def _patched(at: int, layout: str, value: int) -> bytes:
    content = bytearray(elf_of(_SECTIONS))
    struct.pack_into(layout, content, at, value)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        elf_of(_SECTIONS)[:40],
        _patched(4, "B", 7),
        _patched(40, "<Q", 1 << 40),
        elf_of(_SECTIONS)[:-8],
    ],
    ids=["cut in the header", "no word size", "sections elsewhere", "cut in the sections"],
)
def test_damaged_headers_are_refused(content):
    """A program that hides its sections is not one without them."""
    with pytest.raises(FormatError):
        read_elf(layer_file("p", content))


def test_too_many_sections_are_a_limit():
    """No table of that size is read."""
    with pytest.raises(LimitExceeded):
        read_elf(layer_file("p", _patched(60, "<H", MAX_SECTIONS + 1)))


_GOOD = elf_of(_SECTIONS, wide=False)


_HEADERS = st.integers(0, 120) | st.integers(len(_GOOD) - 160, len(_GOOD) - 1)


@given(st.lists(st.tuples(_HEADERS, st.integers(0, 255)), max_size=6))
def test_mutations_raise_nothing_else(changes):
    """Only FormatError, and no part outside the file."""
    content = bytearray(_GOOD)
    for at, value in changes:
        content[at] = value
    _lay_out(bytes(content))


@given(st.binary(max_size=120))
def test_arbitrary_bytes_raise_nothing_else(tail):
    """Only FormatError."""
    _lay_out(b"\x7fELF\x02\x01" + tail)


def _lay_out(content: bytes) -> None:
    try:
        found = read_elf(layer_file("p", content))
    except FormatError:
        return
    for part in found.parts if found else ():
        assert 0 <= part.offset <= part.offset + part.size <= len(content)
