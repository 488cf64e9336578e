"""Prove what is said of programs with a package note."""

import json

import pytest

from pratique.extractors.elf.elf_note import extract_file
from pratique.model.errors import FormatError
from pratique.model.package import PackageType
from tests.makers.go_programs import package_note
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of


def _extract(**note: str):
    content = elf_of({".note.package": package_note(json.dumps(note).encode())})
    return extract_file(layer_file("usr/bin/t", content))


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("rpm", PackageType.RPM),
        ("deb", PackageType.DEB),
        ("pacman", PackageType.ALPM),
        ("testfixture", PackageType.GENERIC),
        ("", PackageType.GENERIC),
    ],
)
def test_the_type_is_the_distributions(kind, type_):
    """Makers of containers write types of their own."""
    found = _extract(type=kind, name="hello", version="0-1.fc35")

    assert [one.type for one in found.packages] == [type_]


def test_a_package_is_named_as_its_source():
    """The note names the source package, with the distribution it is from."""
    note = {"type": "rpm", "name": "coreutils", "version": "9.0-1.fc36", "architecture": "x86_64"}

    package = _extract(**note, os="Fedora", osVersion="36").packages[0]

    assert package.purl == "pkg:rpm/fedora/coreutils@9.0-1.fc36?arch=x86_64&distro=fedora-36"
    assert (package.source_name, package.source_version) == ("coreutils", "9.0-1.fc36")


@pytest.mark.parametrize("note", [{}, {"name": "a"}, {"name": "a b", "version": "1"}])
def test_a_note_without_a_name_is_said(note):
    """It says nothing, which is not that there is no note."""
    found = _extract(**note)

    assert found.packages == ()
    assert len(found.unknowns) == 1


def test_a_damaged_note_is_refused():
    """As a program without one it would pass unseen."""
    with pytest.raises(FormatError):
        extract_file(layer_file("t", elf_of({".note.package": package_note(b"{")})))


def test_other_programs_are_nothing():
    """Neither packages nor Unknowns."""
    found = extract_file(layer_file("t", elf_of({".text": b"x"})))

    assert (found.packages, found.unknowns) == ((), ())
