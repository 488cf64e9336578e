"""List what opam lock pins."""

import pytest
from hypothesis import given, settings

from pratique.extractors.ocaml import opam_locked
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_filters_say_what_it_is_for() -> None:
    """A comparison of a variable is no version, a range no pin."""
    text = """opam-version: "2.0" # comment
depends: [
  "a" {= "1"}
  "b" {= "2" & with-test}
  "c" {build & = "3"}
  "d" {os = "win32"}
  "e" {>= "5"}
  "f" (* comment *)
]
build: ["dune" {= "9"}]
url { src: "x" checksum: "y" }
"""

    found = opam_locked.extract_file(layer_file("a.opam.locked", text))

    assert [(one.name, one.version, one.scope) for one in found.packages] == [
        ("a", "1", Scope.RUNTIME),
        ("b", "2", Scope.DEVELOPMENT),
        ("c", "3", Scope.DEVELOPMENT),
    ]


def test_a_text_of_another_kind_is_refused() -> None:
    """A lock is a description of opam."""
    with pytest.raises(FormatError, match="opam-version"):
        opam_locked.extract_file(layer_file("a.opam.locked", "x: 1\n"))


@settings(max_examples=40)
@given(damaged_files("opam_locked"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(opam_locked, files)
