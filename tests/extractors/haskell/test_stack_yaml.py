"""List what stack.yaml pins."""

from hypothesis import given, settings

from pratique.extractors.haskell import stack_yaml
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_revisions_and_hashes_are_no_part_of_the_version() -> None:
    """They follow an at sign; addresses and folders are no pins."""
    text = "extra-deps:\n- a-b-1.0@rev:2\n- c-2@sha256:00,12\n- ./d-1\n- https://x/e-1.tar.gz\n- git: x\n"

    found = stack_yaml.extract_file(layer_file("stack.yaml", text))

    assert [(one.name, one.version) for one in found.packages] == [("a-b", "1.0"), ("c", "2")]


def test_a_project_without_extras_pins_nothing() -> None:
    """The snapshot is not in the file."""
    assert stack_yaml.extract_file(layer_file("stack.yaml", "resolver: lts-16\n")).packages == ()


@settings(max_examples=40)
@given(damaged_files("stack_yaml"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(stack_yaml, files)
