"""Layer units see the files they want, and fail alone."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from pratique.kit import registry
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import DEFAULT
from pratique.kit.selector import Selector
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import Hashes
from pratique.model.package import Extraction, OwnedFile, Package, PackageType, Purl
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Weight
from pratique.pipelines.layer_units import LATE, LayerUnits, hashes_of, look_into, look_within

FILE = HeldFile("opt/a.lock", 0o644, b"two words")


def unit(name: str, answer: Any, **patterns: Any) -> Any:
    """Return a unit that gives one package per word of the file, or raises ``answer``."""

    def extract_file(file: LayerFile) -> Extraction:
        if isinstance(answer, BaseException):
            raise answer
        packages = tuple(package(word.decode(), name) for word in file.content().split())
        return Extraction(packages=packages, owned={packages[0].key: (OwnedFile("x"),)})

    wants = Patterns(**patterns)
    return SimpleNamespace(NAME=name, VERSION=1, PATTERNS=wants, extract_file=extract_file)


def package(name: str, version: str) -> Package:
    purl = Purl(f"pkg:generic/{name}@{version}")
    return Package(type=PackageType.GENERIC, name=name, version=version, purl=purl)


def wanting(path: str, content: bytes, *units: Any) -> list[str]:
    found = LayerUnits(units).wanting(path, lambda size: content[:size])
    return [one.NAME for one in found]


def test_a_file_is_wanted_for_its_path_or_for_how_it_starts() -> None:
    by_name = unit("name", None, names=("a.lock",))
    by_magic = unit("magic", None, magics=(b"\x7fELF", b"MZ"))
    assert wanting("opt/a.lock", b"", by_name, by_magic) == ["name"]
    assert wanting("bin/x", b"\x7fELF...", by_name, by_magic) == ["magic"]
    assert wanting("a.lock", b"MZ", by_name, by_magic) == ["name", "magic"]
    assert wanting("bin/x", b"#!", by_name, by_magic) == []
    assert wanting("a.lock", b"") == []


@pytest.mark.parametrize(
    ("error", "weight"),
    [
        (FormatError("cut short"), Weight.COVERAGE),
        (LimitExceeded("too deep"), Weight.COVERAGE),
        (MemoryError(), Weight.COVERAGE),
        (ZeroDivisionError("a bug"), Weight.BLOCKING),
        (RecursionError(), Weight.BLOCKING),
    ],
)
def test_one_that_fails_is_an_unknown_and_the_others_stand(
    error: Exception, weight: Weight
) -> None:
    """A bug of ours that a file can reach must hide neither the file nor its neighbours."""
    facts = look_into(FILE, (unit("bad", error), unit("good", None)), 7)
    assert [(p.name, p.version) for p in facts.packages] == [("two", "good"), ("words", "good")]
    assert facts.owned == ((OwnedFile("x"),), ())
    assert facts.position == 7
    (unknown,) = facts.unknowns
    assert (unknown.unit, unknown.weight) == ("bad", weight)


def test_the_same_package_found_by_two_units_is_one() -> None:
    same = unit("same", None)
    facts = look_into(FILE, (same, same), 0)
    assert [p.name for p in facts.packages] == ["two", "words"]
    assert len(facts.owned) == 2


def test_a_file_too_large_for_one_unit_is_looked_into_by_the_other() -> None:
    """And the first says so."""
    small, large = unit("small", None, max_bytes=3), unit("large", None)
    facts = look_within(FILE, (small, large), 0, DEFAULT)
    assert {p.version for p in facts.packages} == {"large"}
    assert [(u.unit, "too many" in u.reason) for u in facts.unknowns] == [("small", True)]
    tight = replace(DEFAULT, unit_file_bytes=2)
    assert look_within(FILE, (large,), 0, tight).packages == ()


def test_the_hashes_are_those_that_packages_record() -> None:
    """Of all pieces together; SHA-1 only where it is asked for."""
    sha256, hashes = hashes_of((b"a", memoryview(b"bc")))
    assert sha256.startswith("ba7816bf")
    assert hashes.sha1.startswith("a9993e36")
    assert hashes.md5.startswith("90015098")
    assert hashes_of((b"abc",), with_sha1=False) == (sha256, Hashes("", hashes.md5))


def test_whatever_a_unit_imports_late_is_imported_before_its_worker_is_confined() -> None:
    """A confined worker opens no file, so an import there fails."""
    units = [u.__name__ for u in registry.load("extractors").values() if hasattr(u, "extract_file")]
    seen: set[str] = set()
    waiting, late = list(units), set()
    while waiting:
        name = waiting.pop()
        if name in seen or not name.startswith("pratique."):
            continue
        seen.add(name)
        for imported, inside in imports_of(name):
            waiting.append(imported)
            if inside:
                late.add(imported)
    ready = {*LATE, *sys.stdlib_module_names & {"importlib", "re", "struct", "zlib"}}
    assert late - ready == set()


def imports_of(module: str) -> Iterator[tuple[str, bool]]:
    """Yield each module that one imports, and whether it does so inside a function."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.origin:
        return
    tree = ast.parse(Path(spec.origin).read_text())
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            here = importlib.util.find_spec(node.module)
            is_package = here is not None and bool(here.submodule_search_locations)
            names = [f"{node.module}.{a.name}" for a in node.names] if is_package else []
            modules = [name for name in names if importlib.util.find_spec(name)]
            yield from ((name, inside) for name in modules or [node.module])
        inner = inside or isinstance(node, ast.FunctionDef | ast.Lambda)
        waiting.extend((child, inner) for child in ast.iter_child_nodes(node))


def test_each_unit_is_asked_as_its_own_patterns_would_answer() -> None:
    """However the units are sorted for speed: for names they want, and names that only look so."""
    units = [one for one in registry.load("extractors").values() if hasattr(one, "extract_file")]
    selectors = [(one.NAME, Selector([one.PATTERNS])) for one in units]
    into = LayerUnits(units)
    ends = [end for one in units for end in (*one.PATTERNS.globs, *one.PATTERNS.suffixes)]
    shapes = ("{}", "z/{}", "z{}", "{}z")
    for path in {shape.format(end.replace("*", "q")) for end in ends for shape in shapes}:
        alone = {name for name, selector in selectors if selector.limit(path)}
        assert {one.NAME for one in into.wanting(path, lambda size: b"")} == alone, path
