"""
Find the units of a folder: its listing is their registration.

A unit is one public module of a family folder (``extractors/``, ``reports/``…) that defines
``NAME``. ``interface.py`` and names with a leading underscore are not units. Third parties
register the same interface through the entry point group ``pratique.<folder>``; those are listed
as foreign and loaded only when asked for.
"""

import importlib
import pkgutil
from types import ModuleType

from pratique.model.errors import UsageError


def modules(folder: str) -> tuple[str, ...]:
    """
    Return the dotted names of a family's unit modules, sorted.

    >>> "pratique.reports.json" in modules("reports")
    True
    """
    package = importlib.import_module(f"pratique.{folder}")
    found = []
    for info in pkgutil.walk_packages(package.__path__, f"pratique.{folder}."):
        leaf = info.name.rpartition(".")[2]
        if not info.ispkg and leaf != "interface" and not leaf.startswith("_"):
            found.append(info.name)
    return tuple(sorted(found))


def load(folder: str) -> dict[str, ModuleType]:
    """
    Return a family's units by ``NAME``.

    Raises:
        UsageError: two units claim one name.
    """
    units: dict[str, ModuleType] = {}
    for name in modules(folder):
        module = importlib.import_module(name)
        unit_name = getattr(module, "NAME", None)
        if unit_name is None:
            continue
        if unit_name in units:
            raise UsageError(f"two units of {folder} are called {unit_name!r}")
        units[unit_name] = module
    return units


def summary(unit: ModuleType) -> str:
    """Return the first line of a unit's docstring."""
    return next((line.strip() for line in (unit.__doc__ or "").splitlines() if line.strip()), "")
