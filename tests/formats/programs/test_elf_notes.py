"""Prove that the package note is found among notes and refused when damaged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.elf_notes import read_package_note
from pratique.formats.programs.program import read_program
from pratique.model.errors import FormatError
from tests.makers.go_programs import package_note
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of, pe_of

_TEXT = json.dumps({"type": "rpm", "name": "hello", "version": "0-1.fc35", "osCpe": "cpe:/o:x"})
_NOTE = package_note(_TEXT.encode() + b"\0")


def _read(content: bytes):
    file = layer_file("p", content)
    return read_package_note(file, read_program(file))


def test_the_note_is_found_behind_others():
    """Owners and contents are padded; another owner's note of the same type is not it."""
    others = package_note(b"abcde", b"GNU\0", 3) + package_note(b"{}", b"XYZ\0")

    found = _read(elf_of({".note.package": others + _NOTE}))

    assert (found.type, found.name, found.version, found.os_cpe) == (
        "rpm",
        "hello",
        "0-1.fc35",
        "cpe:/o:x",
    )


def test_programs_without_it_have_none():
    """Most; and no PE program has."""
    assert _read(elf_of({".note.gnu": _NOTE})) is None
    assert _read(elf_of({".note.package": b"\0" * 11})) is None
    assert _read(pe_of({".note.package": _NOTE})) is None


@pytest.mark.parametrize("text", [b"{", b"[]", b'{"name": 1}'])
def test_damage_is_refused(text):
    """A note that cannot be read is not none."""
    with pytest.raises(FormatError):
        _read(elf_of({".note.package": package_note(text)}))


@given(st.binary(max_size=120))
def test_arbitrary_notes_raise_nothing_else(content):
    """Only FormatError; lengths that leave the section end it."""
    try:
        _read(elf_of({".note.package": content}))
    except FormatError:
        pass
