"""
Find the units of a folder: its listing is their registration.

A unit is one public module of a family folder (``extractors/``, ``reports/``…) that defines
``NAME``. ``interface.py`` and names with a leading underscore are not units. Third parties
register modules of the same interface as entry points of the group ``pratique.<folder>``, under the
unit's ``NAME``, for the folders in ``PLUGGABLE``. Such plugins are listed without being imported;
they run only where a caller asks for them, because they are code of somebody else.
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import wraps
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

from msgspec import Struct

from pratique.model.errors import PratiqueError, UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PLUGGABLE = ("enrichers", "extractors", "reports")
"""Folders whose units third parties can add to; the others are closed lists."""


class PluginError(UsageError):
    """Report a plugin that cannot be loaded, does not keep to its interface, or failed."""

    fix = "update or uninstall it, or run without --plugins"


class Plugin(Struct, frozen=True, kw_only=True):
    """A unit of a third party: its name and the distribution package that brought it."""

    folder: str
    name: str
    distribution: str
    version: str

    def __str__(self) -> str:
        """Return what to call it in a message."""
        return f"plugin {self.name!r} of {self.distribution} {self.version}"


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


def names(folder: str) -> tuple[str, ...]:
    """
    Return what the units of a family are called that is listed by file name, without importing them.

    >>> {"json", "trivy-json"} <= set(names("reports"))
    True
    """
    return tuple(name.rpartition(".")[2].replace("_", "-") for name in modules(folder))


def load(folder: str) -> dict[str, ModuleType]:
    """
    Return a family's own units by ``NAME``.

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


def plugins(folder: str) -> tuple[Plugin, ...]:
    """Return the installed plugins of a family, sorted by name; nothing of them is imported."""
    return tuple(sorted((_plugin(folder, entry) for entry in _entries(folder)), key=_by_name))


def load_plugins(folder: str, needs: Sequence[str] = ()) -> dict[str, ModuleType]:
    """
    Return the installed plugins of a family by ``NAME``, imported.

    Whatever a function of theirs raises arrives as a ``PluginError`` that names the plugin.

    Args:
        folder: the family.
        needs: the attributes that its interface asks for besides ``NAME``.

    Raises:
        PluginError: one cannot be imported, lacks something, or takes a name that is taken.
    """
    units: dict[str, ModuleType] = {}
    own = set(names(folder))
    for entry in sorted(_entries(folder), key=lambda one: one.name):
        plugin = _plugin(folder, entry)
        if entry.name in units or entry.name in own:
            raise PluginError(f"{plugin}: another unit of {folder} has this name")
        units[entry.name] = _guarded(plugin, _imported(plugin, entry, needs))
    return units


def summary(unit: ModuleType) -> str:
    """Return the first paragraph of a docstring in one line, without the marks of code."""
    paragraph = (unit.__doc__ or "").strip().partition("\n\n")[0]
    return " ".join(paragraph.split()).replace("``", "")


def _entries(folder: str) -> "tuple[EntryPoint, ...]":
    if folder not in PLUGGABLE:
        return ()
    from importlib.metadata import entry_points  # 15 ms, and most scans ask for no plugin

    return tuple(entry_points(group=f"pratique.{folder}"))


def _plugin(folder: str, entry: "EntryPoint") -> Plugin:
    source = entry.dist
    return Plugin(
        folder=folder,
        name=entry.name,
        distribution=source.name if source else "an unknown package",
        version=source.version if source else "",
    )


def _by_name(plugin: Plugin) -> tuple[str, str]:
    return plugin.name, plugin.distribution


def _imported(plugin: Plugin, entry: "EntryPoint", needs: Sequence[str]) -> ModuleType:
    try:
        module = entry.load()
    except Exception as error:
        raise PluginError(f"{plugin} cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(module, ModuleType):
        raise PluginError(f"{plugin} is not a module: {entry.value}")
    lacking = [name for name in ("NAME", *needs) if not hasattr(module, name)]
    if lacking:
        raise PluginError(f"{plugin} lacks {', '.join(lacking)}")
    if entry.name != module.NAME:
        raise PluginError(
            f"{plugin} is registered under another name than its own, {module.NAME!r}"
        )
    return module


def _guarded(plugin: Plugin, module: ModuleType) -> ModuleType:
    """Return a copy of a module whose functions fail in the plugin's name."""
    copy = ModuleType(module.__name__, module.__doc__)
    for name, value in vars(module).items():
        if not name.startswith("__"):
            own = isinstance(value, FunctionType) and not name.startswith("_")
            setattr(copy, name, _naming(plugin, value) if own else value)
    return copy


def _naming(plugin: Plugin, function: Callable[..., object]) -> Callable[..., object]:
    @wraps(function)
    def call(*arguments: object, **named: object) -> object:
        try:
            return function(*arguments, **named)
        except PratiqueError:
            raise
        except Exception as error:
            raise PluginError(f"{plugin} failed: {type(error).__name__}: {error}") from error

    return call
