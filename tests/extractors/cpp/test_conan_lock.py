"""List what conan.lock locks."""

import pytest
from hypothesis import given, settings

from pratique.extractors.cpp import conan_lock
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_a_graph_tells_running_from_building() -> None:
    """What only a build requirement leads to is for building, whatever it needs itself."""
    text = """{"graph_lock": {"nodes": {
    "0": {"path": "conanfile.py", "ref": "own/1", "requires": ["1"], "build_requires": ["2"]},
    "1": {"ref": "a/1#r", "requires": ["3"]}, "2": {"ref": "tool/2", "requires": ["4"], "context": "build"},
    "3": {"pref": "b/1@u/c#r:id#p"}, "4": {"ref": "c/1", "context": "build"}}}}"""

    found = conan_lock.extract_file(layer_file("conan.lock", text))

    assert [(one.name, one.scope, one.depends) for one in found.packages] == [
        ("a", Scope.RUNTIME, ("b",)),
        ("b", Scope.RUNTIME, ()),
        ("c", Scope.DEVELOPMENT, ()),
        ("tool", Scope.DEVELOPMENT, ("c",)),
    ]


def test_what_is_no_reference_is_counted() -> None:
    """And JSON of another kind is refused."""
    found = conan_lock.extract_file(layer_file("conan.lock", '{"requires": ["a", 1]}'))

    assert "2 entries" in found.unknowns[0].reason
    with pytest.raises(FormatError, match="graph_lock"):
        conan_lock.extract_file(layer_file("conan.lock", "{}"))


@settings(max_examples=40)
@given(damaged_files("conan_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(conan_lock, files)
