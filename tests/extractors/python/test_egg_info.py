"""List the Python packages that setuptools or distutils installed."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import egg_info
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

PKG_INFO = b"Metadata-Version: 1.0\nName: a\nVersion: 1\n"


@pytest.mark.parametrize(
    "path", ["s/a.egg-info/PKG-INFO", "s/a-1-py3.egg-info", "s/a-1-py3.egg/EGG-INFO/PKG-INFO"]
)
def test_the_three_shapes(path: str) -> None:
    """A folder, a flat file, an unpacked egg."""
    (package,) = egg_info.extract_file(layer_file(path, PKG_INFO)).packages

    assert (package.name, package.version) == ("a", "1")


def test_a_description_in_the_header_hides_nothing_behind_it() -> None:
    """Its lines are continued, and classifiers follow it."""
    content = b"Name: a\nVersion: 1\nDescription: x\n        Name: b\n        \n" + (
        b"Classifier: License :: OSI Approved :: MIT License\n"
    )

    (package,) = egg_info.extract_file(layer_file("s/a.egg-info/PKG-INFO", content)).packages

    assert (package.name, package.licences) == ("a", ("MIT License",))


def test_the_name_of_a_file_says_the_platform_too() -> None:
    """Only its first two parts are the name and the version."""
    path = "s/a_b-1.0-py3.9-linux-x86_64.egg-info/PKG-INFO"

    (package,) = egg_info.extract_file(layer_file(path, b"")).packages

    assert (package.name, package.version) == ("a_b", "1.0")


@settings(max_examples=40)
@given(damaged_files("egg_info"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(egg_info, files)
