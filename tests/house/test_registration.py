"""A unit is one file: its listing, its registration and its page are the same set."""

import importlib
import subprocess
import sys

import pytest

from pratique.kit import registry
from pratique.model import units as model_units
from tests.house.tree import ROOT
from tools.reference import units
from tools.reference.markdown import FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_listing_is_registry(family: str) -> None:
    """`pratique list` shows exactly the units the folder registers."""
    command = [sys.executable, "-m", "pratique", "list", family]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    listed = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]

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
    """Every method of the Protocol is a function of the module."""
    interface = importlib.import_module(f"pratique.{family}.interface")
    kind = units.protocol(interface) or model_units.ImageUnit
    methods = [name for name, value in vars(kind).items() if _is_method(name, value)]

    assert methods
    for name, module in registry.load(family).items():
        for method in methods:
            assert callable(getattr(module, method, None)), f"{name} has no {method}()"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_units(family: str) -> None:
    """An empty family is a folder that nobody moved into."""
    assert registry.load(family)


def _is_method(name: str, value: object) -> bool:
    return callable(value) and not name.startswith("_")
