"""Prove that packed programs are told from others."""

import pytest

from pratique.formats.programs.program import read_program
from pratique.formats.programs.upx import is_packed
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of, pe_of


@pytest.mark.parametrize(
    ("content", "packed"),
    [
        (elf_of({"a": b"x"}, sectioned=False, extra=b"\0\0\0\0UPX!" + bytes(60)), True),
        (elf_of({"a": b"x"}, sectioned=False), False),
        (elf_of({"a": b"UPX!"}), False),
        (pe_of({"UPX0": b"x", "UPX1": b"x"}), True),
        (pe_of({".text": b"x"}), False),
    ],
    ids=["elf", "no sections", "only the letters", "pe", "another pe"],
)
def test_the_marks_of_upx(content, packed):
    """Marks before and after the packed bytes, and no section headers; or the names of sections."""
    file = layer_file("p", content)

    assert is_packed(file, read_program(file)) is packed
