"""List what pdm.lock resolves."""

from hypothesis import given, settings

from pratique.extractors.python import pdm_lock
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_a_local_package_is_unpublished() -> None:
    """It is the project's own."""
    text = '[metadata]\n[[package]]\nname = "a"\nversion = "1"\npath = "./a"\n'

    (package,) = pdm_lock.extract_file(layer_file("pdm.lock", text)).packages

    assert package.unpublished


def test_an_extra_of_a_package_is_the_package() -> None:
    """What it needs is added to what the package needs."""
    text = """
[[package]]
name = "a"
version = "1"
[[package]]
name = "a"
version = "1"
extras = ["x"]
dependencies = ["a==1", "b>=2"]
[[package]]
name = "b"
version = "2"
"""

    first, _ = pdm_lock.extract_file(layer_file("pdm.lock", text)).packages

    assert first.depends == ("a", "b")


@settings(max_examples=40)
@given(damaged_files("pdm_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(pdm_lock, files)
