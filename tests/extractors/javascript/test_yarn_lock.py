import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import yarn_lock
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

MARK = "# yarn lockfile v1\n\n"


def read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = yarn_lock.extract_file(layer_file("srv/yarn.lock", MARK + text)).packages
    return [(p.name, p.version, p.depends) for p in found]


def test_dependencies_are_resolved_by_their_range() -> None:
    """Two versions of one package are told apart."""
    text = """
a@^1.0.0:
  version "1.0.1"
  dependencies:
    b "^2.0.0"
    missing "*"

b@^1.0.0:
  version "1.9.0"

"b@^2.0.0", b@~2.1.0:
  version "2.1.0"
"""
    assert read(text) == [
        ("a", "1.0.1", ("b@2.1.0",)),
        ("b", "1.9.0", ()),
        ("b", "2.1.0", ()),
    ]


def test_commas_inside_quoted_ranges_part_nothing() -> None:
    """A range may hold some."""
    assert read('"a@>=1.0.0, <2", "a@1":\n  version "1.0.0"\n') == [("a", "1.0.0", ())]


def test_a_folder_of_the_project_is_left_out() -> None:
    """It is no package of a registry."""
    assert read('"own@file:../own":\n  version "0.0.0"\n') == []


def test_the_newer_format_is_left_to_its_own_unit() -> None:
    """Each file is read once."""
    berry = layer_file("srv/yarn.lock", "__metadata:\n  version: 8\n")

    assert yarn_lock.extract_file(berry).packages == ()


def test_what_is_no_lock_file_is_a_format_error() -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        yarn_lock.extract_file(layer_file("srv/yarn.lock", "hello world\n"))


@given(mutated(*samples("yarn_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(yarn_lock, "srv/yarn.lock", content)


def test_a_line_and_the_number_of_entries_are_bounded() -> None:
    """A file of sixteen megabytes cannot make a hundred times as many."""
    for text in ('"' * 300_000 + ":\n", "a@1:\n" * 100_001):
        with pytest.raises(LimitExceeded):
            read(text)
