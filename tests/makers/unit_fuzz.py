"""Damage the extracts of a unit's fixtures and hand them to it."""

import importlib
from types import ModuleType

from hypothesis import strategies as st

from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.fixtures.case import content_of
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.tree import MemoryTree

MOST_PACKAGES = 2000


def damaged_files(name: str) -> st.SearchStrategy[dict[str, bytes]]:
    """Return the files of the fixtures of unit ``name``, one of them damaged, or any bytes."""
    cases = importlib.import_module(f"tests.fixtures.{name}.cases").CASES
    sets = [
        {path: content_of(content) for path, content in case.files.items()}
        for case in cases
        if case.files
    ]
    return st.sampled_from(sets).flatmap(_one_damaged)


def survives(unit: ModuleType, files: dict[str, bytes]) -> None:
    """Run a unit; nothing but a ``FormatError`` may escape, and every package has its parts."""
    if hasattr(unit, "extract"):
        _check(unit, unit.extract(MemoryTree(files)))
        return
    for path, content in files.items():
        try:
            found = unit.extract_file(layer_file(path, content))
        except FormatError:
            continue
        _check(unit, found)


def _one_damaged(files: dict[str, bytes]) -> st.SearchStrategy[dict[str, bytes]]:
    def with_one(path: str) -> st.SearchStrategy[dict[str, bytes]]:
        anything = mutated(files[path]) | st.binary(max_size=60)
        return anything.map(lambda content: {**files, path: content})

    return st.sampled_from(sorted(files)).flatmap(with_one)


def _check(unit: ModuleType, found: Extraction) -> None:
    assert len(found.packages) < MOST_PACKAGES
    for package in found.packages:
        assert package.name
        assert package.version
        assert package.name.isprintable()
        assert package.version.isprintable()
        assert package.purl.startswith(f"pkg:{package.type}/")
        assert package.origin == unit.NAME
        assert list(package.depends) == sorted(package.depends)
    keys = [package.key for package in found.packages]
    assert len(keys) == len(set(keys))
