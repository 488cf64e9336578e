import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import pnpm_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def read(text: str) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    found = pnpm_lock.extract_file(layer_file("srv/pnpm-lock.yaml", text)).packages
    return {p.name: (p.version, p.scope, p.depends) for p in found}


def test_scopes_of_version_9_follow_from_the_importers() -> None:
    """What both lead to is needed to run; a circle ends."""
    text = """
lockfileVersion: '9.0'
importers:
  .:
    dependencies: {a: {specifier: ^1, version: 1.0.0}}
    devDependencies: {b: {specifier: ^1, version: 1.0.0}}
packages:
  a@1.0.0: {}
  b@1.0.0: {}
  c@1.0.0: {}
  d@1.0.0: {}
snapshots:
  a@1.0.0: {dependencies: {c: 1.0.0}}
  b@1.0.0: {dependencies: {c: 1.0.0, d: 1.0.0}}
  c@1.0.0: {dependencies: {a: 1.0.0}, optional: true}
  d@1.0.0: {}
"""
    assert read(text) == {
        "a": ("1.0.0", "", ("c@1.0.0",)),
        "b": ("1.0.0", "development", ("c@1.0.0", "d@1.0.0")),
        "c": ("1.0.0", "optional", ("a@1.0.0",)),
        "d": ("1.0.0", "development", ()),
    }


def test_aliases_are_the_packages_they_stand_for() -> None:
    """In versions 5 and 9 the reference of an alias is a whole key."""
    nine = """
lockfileVersion: '9.0'
importers: {.: {dependencies: {old: {specifier: 'npm:ms@0.7.1', version: ms@0.7.1}}}}
packages: {ms@0.7.1: {}}
snapshots: {ms@0.7.1: {}}
"""
    five = """
lockfileVersion: 5.4
dependencies: {old: /ms/0.7.1}
packages: {/ms/0.7.1: {dev: false}, /a/1.0.0: {dependencies: {old: /ms/0.7.1}, dev: true}}
"""
    assert read(nine) == {"ms": ("0.7.1", "", ())}
    assert read(five) == {"ms": ("0.7.1", "", ()), "a": ("1.0.0", "development", ("ms@0.7.1",))}


@pytest.mark.parametrize(
    "text", ["", "a: b", "lockfileVersion: 4", "lockfileVersion: '10.0'", "- x"]
)
def test_other_files_and_versions_are_format_errors(text: str) -> None:
    """A version nobody has seen may mean other things by the same words."""
    with pytest.raises(FormatError):
        read(text)


@given(mutated(*samples("pnpm_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(pnpm_lock, "srv/pnpm-lock.yaml", content)
