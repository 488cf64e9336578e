"""
Run every extractor over one merged tree and gather what they found.

An extractor that fails with a FormatError, or a plugin that fails in any way, has said nothing:
that is a blocking Unknown in its name, and the others stand.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from pratique.extractors.interface import unreadable
from pratique.extractors.os.expectation import missing_databases
from pratique.kit import registry
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import OwnedFile, Package
from pratique.model.units import FileTree, ImageUnit
from pratique.model.unknown import Unknown
from pratique.pipelines.load_units import Late
from pratique.pipelines.place_found import Found

TOO_LARGE = "reading it takes more memory than memory_bytes allows"
"""Why something is unknown that ran into ``kit.memory.bounded_memory``."""


class Extracted(Struct, frozen=True, kw_only=True):
    """What all extractors together say of one tree; packages sorted by type, name, version."""

    packages: tuple[Package, ...] = ()
    owned: Mapping[str, tuple[OwnedFile, ...]] = {}
    offers: Mapping[str, tuple[tuple[str, str], ...]] = {}
    distro: Distro | None = None
    unknowns: tuple[Unknown, ...] = ()


def extract_packages(
    tree: FileTree, units: tuple[ImageUnit, ...], placed: Iterable[Found] = ()
) -> Extracted:
    """Return what the units find in ``tree``, and what was found in single files of it."""
    packages: list[Package] = []
    owned: dict[str, tuple[OwnedFile, ...]] = {}
    offers: dict[str, tuple[tuple[str, str], ...]] = {}
    unknowns: list[Unknown] = []
    distro: Distro | None = None
    for one in placed:
        packages += one.facts.packages
        unknowns += one.facts.unknowns
        files = zip(one.facts.packages, one.facts.owned, strict=True)
        owned.update((package.key, owns) for package, owns in files if owns)
    for unit in units:
        if isinstance(unit, Late) and not unit.is_due(tree):
            continue
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
        offers.update(found.offers)
        unknowns += found.unknowns
        distro = distro or found.distro
    unknowns += missing_databases(distro, tuple(packages), tree)
    packages.sort(key=lambda p: (p.type, p.name, p.version, p.arch, p.location))
    return Extracted(
        packages=tuple(packages),
        owned=owned,
        offers=offers,
        distro=distro,
        unknowns=tuple(sorted(set(unknowns))),
    )
