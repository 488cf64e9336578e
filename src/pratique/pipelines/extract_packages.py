"""
Run every extractor over one merged tree and gather what they found.

An extractor that fails with a FormatError, or a plugin that fails in any way, has said nothing:
that is a blocking Unknown in its name, and the others stand.
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.extractors.interface import unreadable
from pratique.extractors.os.expectation import missing_databases
from pratique.kit import registry
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import OwnedFile, Package
from pratique.model.units import FileTree, ImageUnit, Patterns
from pratique.model.unknown import Unknown

TOO_LARGE = "reading it takes more memory than memory_bytes allows"
"""Why something is unknown that ran into ``kit.memory.bounded_memory``."""


class Extracted(Struct, frozen=True, kw_only=True):
    """What all extractors together say of one tree; packages sorted by type, name, version."""

    packages: tuple[Package, ...] = ()
    owned: Mapping[str, tuple[OwnedFile, ...]] = {}
    distro: Distro | None = None
    unknowns: tuple[Unknown, ...] = ()


def image_units(*, plugins: bool = False) -> tuple[ImageUnit, ...]:
    """
    Return all extractors, sorted by name; those of third parties too where asked for.

    Raises:
        PluginError: a plugin cannot be used.
    """
    units: dict[str, ImageUnit] = {**registry.load("extractors")}
    if plugins:
        units |= registry.load_plugins("extractors", ("VERSION", "PATTERNS", "extract"))
    return tuple(units[name] for name in sorted(units))


def units_version(units: tuple[ImageUnit, ...]) -> str:
    """Return the text that changes whenever a unit's version or patterns do."""
    return ",".join(f"{unit.NAME}={unit.VERSION}" for unit in units)


def patterns(units: tuple[ImageUnit, ...]) -> tuple[Patterns, ...]:
    """Return what the units want of each layer."""
    return tuple(unit.PATTERNS for unit in units)


def extract_packages(tree: FileTree, units: tuple[ImageUnit, ...]) -> Extracted:
    """Return what the units find in ``tree``."""
    packages: list[Package] = []
    owned: dict[str, tuple[OwnedFile, ...]] = {}
    unknowns: list[Unknown] = []
    distro: Distro | None = None
    for unit in units:
        try:
            found = unit.extract(tree)
        except (FormatError, registry.PluginError) as error:
            unknowns.append(unreadable(unit.NAME, "/", str(error)))
            continue
        except MemoryError:
            unknowns.append(unreadable(unit.NAME, "/", TOO_LARGE))
            continue
        packages += found.packages
        owned.update(found.owned)
        unknowns += found.unknowns
        distro = distro or found.distro
    unknowns += missing_databases(distro, tuple(packages), tree)
    packages.sort(key=lambda p: (p.type, p.name, p.version, p.arch, p.location))
    return Extracted(
        packages=tuple(packages),
        owned=owned,
        distro=distro,
        unknowns=tuple(sorted(set(unknowns))),
    )
