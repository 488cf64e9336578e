"""List what opam installed."""

from hypothesis import given, settings

from pratique.extractors.ocaml import opam_switch
from tests.makers.tree import MemoryTree
from tests.makers.unit_fuzz import damaged_files, survives

STATE = "root/.opam/5.1/.opam-switch/switch-state"


def test_descriptions_say_licence_and_needs() -> None:
    """Needs are told where they are installed; a damaged description costs only these."""
    tree = MemoryTree(
        {
            STATE: b'installed: ["a.1.0" "b.2" "c.v1.2"]\nroots: ["a.1.0"]\n',
            "root/.opam/5.1/.opam-switch/packages/a.1.0/opam": (
                b'license: ["MIT" "ISC"]\ndepends: ["b" {>= "1"} "gone" | "c"]\n'
            ),
            "root/.opam/5.1/.opam-switch/packages/b.2/opam": b'license: "unclosed',
        }
    )

    first, second, third = opam_switch.extract(tree).packages

    assert (first.licences, first.depends) == (("MIT", "ISC"), ("b", "c"))
    assert (second.name, second.licences) == ("b", ())
    assert (third.version, third.location) == ("v1.2", STATE)


def test_what_has_no_version_is_told() -> None:
    """So is a state that cannot be read."""
    assert opam_switch.extract(MemoryTree({STATE: b'installed: ["a"]'})).unknowns
    assert opam_switch.extract(MemoryTree({STATE: b'installed: ["a'})).unknowns


@settings(max_examples=40)
@given(damaged_files("opam_switch"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(opam_switch, files)
