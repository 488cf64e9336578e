"""Prove that a program is recognised by its first bytes."""

import pytest

from pratique.formats.programs.layout import Kind
from pratique.formats.programs.program import MAGICS, read_program
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of, macho_of, pe_of


@pytest.mark.parametrize(
    ("make", "kind"), [(elf_of, Kind.ELF), (pe_of, Kind.PE), (macho_of, Kind.MACHO)]
)
def test_each_format_goes_to_its_reader(make, kind):
    """And begins with one of the magics that units ask for."""
    content = make({".data": b"x"})

    assert read_program(layer_file("p", content)).kind is kind
    assert content.startswith(MAGICS)


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh", b"\xca\xfe\xba\xbe\0\0\0\x34"])
def test_others_are_no_programs(content):
    """Scripts, and Java classes, whose magic is also that of universal Mach-O."""
    assert read_program(layer_file("p", content)) is None
