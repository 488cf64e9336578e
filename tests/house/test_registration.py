"""A unit is one file: its listing, its registration and its page are the same set."""

import importlib
import json
import subprocess
import sys

import pytest

from pratique.kit import registry
from pratique.model import units as model_units
from tests.house.tree import ROOT
from tools.reference import units
from tools.reference.markdown import FAMILIES

EITHER = (model_units.ImageUnit, model_units.LayerUnit)
"""What an extractor is: it looks at the merged tree, or at single files."""


@pytest.mark.parametrize("family", FAMILIES)
def test_listing_is_registry(family: str) -> None:
    """`pratique list` shows exactly the units the folder registers."""
    command = [sys.executable, "-m", "pratique", "list", family, "-o", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    listed = [unit["name"] for unit in json.loads(done.stdout)["units"]]

    assert sorted(registry.load(family)) == sorted(listed)


@pytest.mark.parametrize("family", FAMILIES)
def test_registry_is_docs(family: str) -> None:
    """Every unit has its page, every page its unit; `make docs-generate` mends it."""
    pages = {path.stem for path in (ROOT / "docs/reference" / family).glob("*.md")} - {"index"}

    assert {units.page_name(name) for name in registry.load(family)} == pages


@pytest.mark.parametrize("family", FAMILIES)
def test_every_unit_says_what_its_interface_asks(family: str) -> None:
    """No attribute of the interface is missing or empty, and no unit lacks its docstring."""
    for name, module in registry.load(family).items():
        for attribute in units.attributes(family):
            assert hasattr(module, attribute), f"{name} has no {attribute}"
        assert registry.summary(module), f"{name} does not say what it is for"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_unit_does_what_its_interface_asks(family: str) -> None:
    """Every method of the Protocol is a function of the module, of one of them where two will do."""
    interface = importlib.import_module(f"pratique.{family}.interface")
    own = units.protocol(interface)
    kinds = [_methods(kind) for kind in ([own] if own else EITHER)]

    # Families of pure data have attributes only; the test above holds them to these.
    assert all(kinds) or not any(kinds)
    for name, module in registry.load(family).items():
        assert any(
            all(callable(getattr(module, method, None)) for method in methods) for methods in kinds
        ), f"{name} has none of {kinds}"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_units(family: str) -> None:
    """An empty family is a folder that nobody moved into."""
    assert registry.load(family)


def _methods(kind: type) -> list[str]:
    return [name for name, value in vars(kind).items() if callable(value) and name[0] != "_"]
