import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.dart import pubspec_lock
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def read(entry: str) -> Extraction:
    return pubspec_lock.extract_file(layer_file("srv/pubspec.lock", f"packages:\n  key: {entry}\n"))


def test_the_registry_knows_a_package_by_its_description() -> None:
    """The key is only what the project calls it."""
    found = read(
        '{dependency: transitive, description: {name: real}, source: hosted, version: "1.10.0"}'
    )

    assert [(p.name, p.version) for p in found.packages] == [("real", "1.10.0")]


def test_a_path_is_unpublished() -> None:
    """It is the project's own code."""
    found = read(
        '{dependency: "direct main", description: {path: x}, source: path, version: "0.1.0"}'
    )

    assert [(p.name, p.unpublished) for p in found.packages] == [("key", True)]


def test_a_source_nobody_knows_is_said() -> None:
    """It becomes an Unknown."""
    found = read('{source: carrier-pigeon, version: "1.0.0"}')

    assert (found.packages, len(found.unknowns)) == ((), 1)


@pytest.mark.parametrize("text", ["", "a: b", "- x", "\t"])
def test_what_is_no_lock_file_is_a_format_error(text: str) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        pubspec_lock.extract_file(layer_file("srv/pubspec.lock", text))


@given(mutated(*samples("pubspec_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(pubspec_lock, "srv/pubspec.lock", content)
