"""List what an environment file pins."""

import pytest
from hypothesis import given, settings

from pratique.extractors.conda import environment_yml
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


@pytest.mark.parametrize(
    ("specification", "pin"),
    [
        ("zlib=1.2=h0", ("zlib", "1.2", "h0")),
        ("zlib==1.2", ("zlib", "1.2", "")),
        ("zlib==1.2=h0", ("zlib", "1.2", "h0")),
        ("zlib 1.2 h0", ("zlib", "1.2", "h0")),
        ("zlib=1.2", None),
        ("zlib=1.2.*", None),
        ("zlib=1.2=py*", None),
        ("zlib>=1.2,<2", None),
        ("zlib", None),
        ("zlib=", None),
        ("", None),
    ],
)
def test_exact_specifications(specification: str, pin: tuple[str, str, str] | None) -> None:
    """One equal sign and no build stands for all versions that begin so."""
    assert environment_yml.pinned(specification) == pin


def test_a_channel_is_part_of_the_address() -> None:
    """It stands before two colons."""
    text = "dependencies:\n- conda-forge::zlib=1.2=h0\n"

    (package,) = environment_yml.extract_file(layer_file("environment.yml", text)).packages

    assert package.purl == "pkg:conda/zlib@1.2?build=h0&channel=conda-forge"


def test_files_of_other_programs_have_no_dependencies() -> None:
    """They are passed over."""
    assert environment_yml.extract_file(layer_file("environment.yml", "a: 1\n")).packages == ()


@settings(max_examples=40)
@given(damaged_files("environment_yml"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(environment_yml, files)
