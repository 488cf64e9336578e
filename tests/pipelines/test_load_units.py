"""Units are known without being imported, and answer as if they had been."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pratique.kit import registry
from pratique.model.package import Extraction
from pratique.model.units import Patterns
from pratique.pipelines.load_units import Late, Units, load_units
from pratique.pipelines.unit_index import UNITS
from tests.makers import plugin
from tests.makers.layer_file import layer_file
from tests.makers.os_packages import dpkg_stanza, os_release
from tests.makers.tree import MemoryTree


def unit(name: str, answer: Extraction) -> Any:
    return SimpleNamespace(NAME=name, VERSION=3, PATTERNS=Patterns(names=(name,)))


def test_the_index_lists_every_unit_as_it_is() -> None:
    """Name, version, patterns and kind; a unit that is not listed would never run."""
    units = [*registry.load("extractors").values()]
    units += [u for u in registry.load("tamper").values() if hasattr(u, "extract_file")]
    expected = {
        (u.NAME, u.VERSION, u.__name__, hasattr(u, "extract_file"), u.PATTERNS) for u in units
    }
    listed = {(u.name, u.version, f"pratique.{u.module}", u.single, u.patterns) for u in UNITS}
    assert listed == expected
    assert len(UNITS) == len(expected)


def test_a_late_unit_answers_as_the_unit_does() -> None:
    tree = MemoryTree(
        {
            "etc/os-release": os_release(id="debian", version_id="12"),
            "var/lib/dpkg/status": dpkg_stanza("zlib1g"),
        }
    )
    dpkg = next(one for one in load_units().image if one.NAME == "dpkg")
    assert isinstance(dpkg, Late)
    assert [package.name for package in dpkg.extract(tree).packages] == ["zlib1g"]
    wheel = next(one for one in load_units().layer if one.NAME == "wheel")
    file = layer_file("x.dist-info/METADATA", "Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\n")
    assert [package.name for package in wheel.extract_file(file).packages] == ["six"]


def test_a_unit_of_the_tree_is_due_where_its_files_are() -> None:
    """Those of operating systems always are: they tell what is missing."""
    units = {unit.NAME: unit for unit in load_units().image if isinstance(unit, Late)}
    empty = MemoryTree({})
    assert units["dpkg"].is_due(empty)
    assert units["nix_store"].is_due(empty)
    assert not units["bitnami"].is_due(empty)
    there = MemoryTree({"opt/bitnami/redis/.spdx-redis.spdx": b"{}"})
    assert units["bitnami"].is_due(there)


def test_knowing_the_units_imports_none() -> None:
    """A warm scan needs only those of the merged tree."""
    code = (
        "import sys\nfrom pratique.pipelines.load_units import load_units\n"
        "assert len(load_units().layer) > 60\n"
        "print([m for m in sys.modules if m.startswith('pratique.extractors.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_versions_and_patterns_are_those_of_the_units() -> None:
    """A cache key changes with any unit's version; the selector asks for every unit's files."""
    units = (unit("a", Extraction()), unit("b", Extraction()))

    loaded = Units(image=units, layer=(unit("aa", Extraction()),))

    assert loaded.version == "a=3,aa=3,b=3"
    assert [one.names for one in loaded.patterns] == [("a",), ("b",)]


def test_plugins_are_units_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Off by default; a name of our own cannot be taken."""
    site = plugin.install(
        tmp_path, "acme-units", {"extractors:acme-list": "acme_of_pipeline"},
        acme_of_pipeline=plugin.EXTRACTOR,
    )  # fmt: skip
    monkeypatch.syspath_prepend(str(site))

    assert "acme-list" not in [unit.NAME for unit in load_units().image]
    assert "acme-list" in [unit.NAME for unit in load_units(plugins=True).image]
