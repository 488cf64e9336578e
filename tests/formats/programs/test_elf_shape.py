"""The form of an ELF file is read as its headers say; lies about tables are errors, not crashes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.elf_shape import Stretch, shape_of
from pratique.malware.samples import elf
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.layer_file import layer_file

BASE = 0x400000


def test_it_says_where_a_program_starts_and_what_may_be_run() -> None:
    """Segments as loaded, and the sections of code."""
    shape = shape_of(
        layer_file("x", elf(bytes(64), flags=7, sections=((".text", 6), (".data", 3))))
    )

    assert (shape.entry, shape.linked, shape.library, shape.sectioned) == (BASE, True, False, True)
    assert shape.loads == (Stretch(BASE, 120, 64, 64, runs=True, writable=True),)
    assert shape.code == (Stretch(BASE, 120, 64, 64, runs=True, writable=False),)


def test_a_library_asks_for_no_interpreter() -> None:
    """A position-independent program does."""
    library = elf(bytes(64), kind=3)
    program = bytearray(library)
    struct.pack_into("<I", program, 64, 3)

    assert shape_of(layer_file("x", library)).library
    assert not shape_of(layer_file("x", bytes(program))).library


def test_object_files_are_not_linked() -> None:
    """Kernel modules have neither start nor segments."""
    assert not shape_of(layer_file("x.ko", elf(bytes(64), kind=1))).linked


def test_files_of_32_bits_are_read() -> None:
    """Header and segment of the other class, big-endian."""
    head = struct.pack(">16sHHIIIIIHHHHHH", b"\x7fELF\x01\x02\x01" + bytes(9), 2, 8, 1, 0x1000, 52, 0, 0, 52, 32, 1, 0, 0, 0)  # fmt: skip
    segment = struct.pack(">8I", 1, 84, 0x1000, 0x1000, 16, 32, 5, 4096)
    shape = shape_of(layer_file("x", head + segment + bytes(16)))

    assert shape.entry == 0x1000
    assert shape.loads == (Stretch(0x1000, 84, 16, 32, runs=True, writable=False),)
    assert shape.loads[0].holds(0x101F)
    assert not shape.loads[0].holds(0x1020)


@pytest.mark.parametrize(
    ("at", "form", "value", "kind"),
    [
        (56, "<H", 600, LimitExceeded),
        (60, "<H", 9000, LimitExceeded),
        (32, "<Q", 1 << 40, FormatError),
        (40, "<Q", 1 << 40, FormatError),
        (4, "<B", 7, FormatError),
    ],
)
def test_lies_are_told(at: int, form: str, value: int, kind: type[Exception]) -> None:
    """Tables that are too long, or lie outside of the file."""
    content = bytearray(elf(bytes(64)))
    struct.pack_into(form, content, at, value)

    with pytest.raises(kind):
        shape_of(layer_file("x", bytes(content)))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_shape_or_an_error(rest: bytes) -> None:
    """Nothing but FormatError comes out."""
    for content in (rest, b"\x7fELF\x02\x01" + rest, b"\x7fELF\x01\x02" + rest):
        try:
            shape_of(layer_file("x", content))
        except FormatError:
            continue
