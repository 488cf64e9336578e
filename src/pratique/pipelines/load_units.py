"""
Provide the units that look into files: known by the index, imported when they are first used.

Law: what is found is the same as if every unit had been imported at once.
"""

import importlib
from types import ModuleType
from typing import cast

from msgspec import Struct

from pratique.kit import registry
from pratique.model.package import Extraction
from pratique.model.units import FileTree, ImageUnit, LayerFile, LayerUnit, ListedUnit, Patterns
from pratique.pipelines import unit_index


class Units(Struct, frozen=True):
    """The units of a scan: those of the merged tree, those of single files; sorted by name."""

    image: tuple[ImageUnit, ...] = ()
    layer: tuple[LayerUnit, ...] = ()

    @property
    def version(self) -> str:
        """Return the text that changes whenever a unit's version does."""
        named = [f"{unit.NAME}={unit.VERSION}" for unit in self.image]
        named += [f"{unit.NAME}={unit.VERSION}" for unit in self.layer]
        return ",".join(sorted(named))

    @property
    def patterns(self) -> tuple[Patterns, ...]:
        """Return what the units of the merged tree want of each layer."""
        return tuple(unit.PATTERNS for unit in self.image)


class Late:
    """A unit of ours that is imported when it is first used."""

    def __init__(self, listed: ListedUnit) -> None:
        self.NAME = listed.name
        self.VERSION = listed.version
        self.PATTERNS = listed.patterns
        self._module = f"pratique.{listed.module}"
        self._always = listed.module.startswith("extractors.os.") or listed.patterns == Patterns()

    def load(self) -> ModuleType:
        """Return the unit itself."""
        return importlib.import_module(self._module)

    def is_due(self, tree: FileTree) -> bool:
        """
        Return whether a unit of the merged tree has anything to look at.

        Those of operating systems always have: what is missing tells them something too.
        """
        return self._always or next(iter(tree.matching(self.PATTERNS)), None) is not None

    def extract_file(self, file: LayerFile) -> Extraction:
        """Return the packages that one file shows; see ``model.units.LayerUnit``."""
        return cast(LayerUnit, self.load()).extract_file(file)

    def extract(self, tree: FileTree) -> Extraction:
        """Return the packages of this unit's kind; see ``model.units.ImageUnit``."""
        return cast(ImageUnit, self.load()).extract(tree)


def load_units(*, plugins: bool = False) -> Units:
    """
    Return all extractors, and the tamper signs that look into single files.

    Those of third parties too where asked for.

    Raises:
        PluginError: a plugin cannot be used.
    """
    image: list[ImageUnit] = [Late(one) for one in unit_index.UNITS if not one.single]
    layer: list[LayerUnit] = [Late(one) for one in unit_index.UNITS if one.single]
    if plugins:
        more = registry.load_plugins("extractors", ("VERSION", "PATTERNS")).values()
        layer += [cast(LayerUnit, unit) for unit in more if hasattr(unit, "extract_file")]
        image += [cast(ImageUnit, unit) for unit in more if not hasattr(unit, "extract_file")]
    return Units(
        image=tuple(sorted(image, key=lambda unit: unit.NAME)),
        layer=tuple(sorted(layer, key=lambda unit: unit.NAME)),
    )
