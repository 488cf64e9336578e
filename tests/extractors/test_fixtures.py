"""Every extractor finds in its extracts of real files exactly the packages that are there."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.kit import registry
from pratique.kit.selector import Selector
from pratique.pipelines.layer_units import LayerUnits
from tests.fixtures.case import Case, content_of, line_of
from tests.makers.layer_file import layer_file
from tests.makers.tree import MemoryTree

FIXTURES = Path(__file__).parent.parent / "fixtures"
UNITS = registry.load("extractors")
FOLDERS = sorted(path.parent.name for path in FIXTURES.glob("*/cases.py"))


def cases() -> Iterator[tuple[str, Case]]:
    for folder in FOLDERS:
        module = importlib.import_module(f"tests.fixtures.{folder}.cases")
        yield from ((folder, case) for case in module.CASES)


@pytest.mark.parametrize(
    ("name", "case"), [pytest.param(name, case, id=f"{name}-{case.name}") for name, case in cases()]
)
def test_an_extract_of_a_real_file_gives_its_packages_and_no_others(name: str, case: Case) -> None:
    """Through the patterns too: a file that the unit does not ask for is not read."""
    unit, distro = UNITS[name], None
    files = {path: content_of(content) for path, content in case.files.items()}
    if not hasattr(unit, "extract_file"):
        found = unit.extract(MemoryTree(files))
        packages, unknowns = list(found.packages), list(found.unknowns)
        distro = found.distro
    else:
        into, packages, unknowns = LayerUnits([unit]), [], []
        for path, content in files.items():
            if into.wanting(path, lambda size, content=content: content[:size]):
                found = unit.extract_file(layer_file(path, content))
                packages += found.packages
                unknowns += found.unknowns
    assert sorted(map(line_of, packages)) == sorted(case.expects)
    assert [unknown.reason for unknown in unknowns] == list(case.unknowns)
    assert (f"{distro.id} {distro.version}".strip() if distro else "") == case.distro
    assert {package.origin for package in packages} <= {name}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_story_of_every_extract_is_told(folder: str) -> None:
    """Three foreign files at least, each named in the README with what it is from."""
    assert folder in UNITS
    module = importlib.import_module(f"tests.fixtures.{folder}.cases")
    readme = (FIXTURES / folder / "README.md").read_text()
    assert len({case.source for case in module.CASES}) >= 3
    assert len({case.name for case in module.CASES}) == len(module.CASES)
    for case in module.CASES:
        assert case.name in readme


@pytest.mark.parametrize("name", sorted(UNITS))
def test_every_unit_looks_at_single_files_or_at_the_tree(name: str) -> None:
    unit = UNITS[name]
    assert hasattr(unit, "extract") or hasattr(unit, "extract_file")
    assert unit.VERSION >= 1
    patterns = unit.PATTERNS
    assert Selector([patterns]).patterns == (patterns,)
    if hasattr(unit, "extract_file"):
        assert not patterns.paths, "a layer may reach the path through a link"


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}-{case.name}")
        for name, case in cases()
        if case.expects and all(" declared" in line for line in case.expects)
    ],
)
def test_what_a_dependency_declares_is_not_declared_by_the_image(name: str, case: Case) -> None:
    """The source of a dependency holds the lock files that its authors used."""
    unit = UNITS[name]
    for path, content in case.files.items():
        inside = f"root/go/pkg/mod/example.com/tool@v1.0.0/{path}"
        assert unit.extract_file(layer_file(inside, content_of(content))).packages == ()
