"""Extractors run one after the other; one that fails is a blocking Unknown and the others stand."""

from types import SimpleNamespace
from typing import Any

import pytest

from pratique.kit.registry import PluginError
from pratique.model.errors import FormatError
from pratique.model.layer import FileFacts
from pratique.model.package import Extraction, OwnedFile, Package, PackageType
from pratique.model.units import Patterns
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.extract_packages import (
    extract_packages,
)
from pratique.pipelines.load_units import load_units
from pratique.pipelines.place_found import Found
from tests.makers.os_packages import dpkg_stanza, os_release
from tests.makers.tree import MemoryTree

DEBIAN = {
    "etc/os-release": os_release(id="debian", version_id="12"),
    "var/lib/dpkg/status": dpkg_stanza("zlib1g") + dpkg_stanza("bash"),
}

UNKNOWN = Unknown(stage=Stage.EXTRACT, unit="c", location="opt/c", reason="damaged")


def unit(name: str, answer: Extraction | Exception) -> Any:
    """Return an extractor that gives or raises ``answer``."""

    def extract(tree: object) -> Extraction:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return SimpleNamespace(NAME=name, VERSION=3, PATTERNS=Patterns(names=(name,)), extract=extract)


def package(name: str, version: str) -> Package:
    return Package(type=PackageType.DEB, name=name, version=version, purl=f"pkg:deb/{name}")


def test_real_units_read_a_tree() -> None:
    """Distribution and packages, sorted by name."""
    found = extract_packages(MemoryTree(DEBIAN), load_units().image)

    assert [package.name for package in found.packages] == ["bash", "zlib1g"]
    assert found.distro is not None
    assert found.distro.id == "debian"
    assert found.unknowns == ()


@pytest.mark.parametrize("error", [FormatError("cut short"), PluginError("plugin 'x' failed")])
def test_one_that_fails_does_not_silence_the_others(error: Exception) -> None:
    """Its failure is a blocking Unknown in its name; what the others found is kept."""
    good = unit("good", Extraction(packages=(package("a", "1"),)))
    found = extract_packages(MemoryTree({}), (unit("bad", error), good))

    assert [one.name for one in found.packages] == ["a"]
    (unknown,) = found.unknowns
    assert (unknown.unit, unknown.weight) == ("bad", Weight.BLOCKING)
    assert str(error) in unknown.reason


def test_a_bug_of_our_own_is_not_hidden() -> None:
    """What no extractor may raise is not turned into an Unknown."""
    with pytest.raises(ZeroDivisionError):
        extract_packages(MemoryTree({}), (unit("bug", ZeroDivisionError()),))


def test_the_order_does_not_depend_on_the_units() -> None:
    """Packages are sorted by type, name and version, whoever found them."""
    one = unit("one", Extraction(packages=(package("b", "1"),)))
    two = unit("two", Extraction(packages=(package("a", "2"), package("a", "1"))))
    forth = extract_packages(MemoryTree({}), (one, two)).packages
    back = extract_packages(MemoryTree({}), (two, one)).packages

    assert [(p.name, p.version) for p in forth] == [("a", "1"), ("a", "2"), ("b", "1")]
    assert forth == back


def test_a_distribution_without_its_database_is_said() -> None:
    """Debian's os-release and no dpkg: packages may be missing, which is not "none"."""
    found = extract_packages(
        MemoryTree({"etc/os-release": DEBIAN["etc/os-release"]}), load_units().image
    )

    assert found.packages == ()
    assert [unknown.weight for unknown in found.unknowns] == [Weight.BLOCKING]


def test_what_stood_in_single_files_is_listed_with_the_rest() -> None:
    """Packages, what they own, and what was not understood."""
    key = package("c", "1").key
    facts = FileFacts(0, (package("c", "1"),), ((OwnedFile("bin/c"),),), (UNKNOWN,))
    placed = [Found("opt/c", facts)]
    found = extract_packages(MemoryTree({}), (unit("one", Extraction()),), placed)

    assert [one.name for one in found.packages] == ["c"]
    assert found.owned == {key: (OwnedFile("bin/c"),)}
    assert found.unknowns == (UNKNOWN,)
