"""Prove that recorded crates are read within bounds."""

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.cargo_audit import MAX_JSON_BYTES, Crate, read_crates
from pratique.formats.programs.layout import Kind, Part, Program
from pratique.formats.programs.program import read_program
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of, macho_of, pe_of


def _read(content: bytes):
    file = layer_file("p", content)
    return read_crates(file, read_program(file))


def _packed(value) -> bytes:
    return zlib.compress(json.dumps(value).encode())


@pytest.mark.parametrize("make", [elf_of, pe_of, macho_of])
def test_crates_of_each_kind_of_program(make):
    """Fields that later versions add are passed over."""
    crate = {"name": "rand", "version": "0.8.5", "source": "git", "kind": "build", "x": 1}
    root = {"name": "m", "version": "1.0.0", "source": "local", "dependencies": [0], "root": True}

    found = _read(make({".dep-v0": _packed({"packages": [crate, root], "format": 1})}))

    assert found == (
        Crate("rand", "0.8.5", "git", "build"),
        Crate("m", "1.0.0", "local", dependencies=(0,), root=True),
    )


def test_a_program_without_a_record_has_none():
    """Most have none."""
    assert _read(elf_of({".text": b"x"})) == ()


@pytest.mark.parametrize(
    "record",
    [b"no zlib", _packed({"packages": []})[:-4], _packed([]), _packed({"packages": [{"name": 1}]})],
    ids=["no zlib", "cut", "a list", "a number for a name"],
)
def test_damage_is_refused(record):
    """A damaged record is not an empty one."""
    with pytest.raises(FormatError):
        _read(elf_of({".dep-v0": record}))


def test_a_bomb_is_stopped():
    """What comes out is bounded, whatever went in."""
    bomb = zlib.compress(bytes(MAX_JSON_BYTES + 1), 9)
    program = Program(Kind.ELF, 8, False, (Part(".dep-v0", 0, 0, len(bomb)),))

    with pytest.raises(LimitExceeded):
        read_crates(layer_file("p", bomb), program)


@given(st.binary(max_size=100))
def test_arbitrary_records_raise_nothing_else(content):
    """Only FormatError."""
    for record in (content, zlib.compress(content)):
        try:
            _read(elf_of({".dep-v0": record}))
        except FormatError:
            pass
