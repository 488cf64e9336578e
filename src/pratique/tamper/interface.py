"""
Look for signs that an image lies about itself: the one interface of this folder.

A sign is a module with ``NAME`` (the rule its findings name), ``TITLE``, ``SEVERITY``, ``RULES``
(what `pratique explain` says), ``FIRES`` and ``SILENT`` (small images that show what it is about,
run by the tests) and ``look``. One that must see the bytes of single files is a layer unit as well
(``VERSION``, ``PATTERNS``, ``extract_file``, see ``model.units.LayerUnit``). Law: sound build tools and package managers never make a sign fire;
what a person may do for a good reason (thin an image out by deleting a database) is told, and the
words say so. A sign only tells: it never hides a package or another finding.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

from pratique.formats.overlay.merge import Ambiguity
from pratique.formats.overlay.tree import MergedTree
from pratique.model.distro import Distro
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.layer import LayerFacts
from pratique.model.package import OwnedFile, Package, Sign
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

Sample = tuple[tuple[tuple[str, str], ...], ...]
"""
A made-up image: per layer, lowest first, pairs of a path and what stands there.

The second is a file's content; ``-> x`` a symlink, ``=> x`` a hardlink, ``c 1:3`` and ``b 8:0`` a
device. A path that ends with a slash is a directory. Entries are written in order, as they are:
``etc/.wh.motd`` is a whiteout.
"""


class Scene(Struct, frozen=True, kw_only=True):
    """
    What is known of one image once its layers are merged and its packages are listed.

    ``facts`` are per layer, lowest first; ``tree.refs`` name the same layers. ``owned`` maps
    ``Package.key`` to the files that the package database records. ``signs`` are pairs of a path and
    what a sign's ``extract_file`` saw in that file.
    """

    tree: MergedTree
    facts: tuple[LayerFacts, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    distro: Distro | None = None
    packages: tuple[Package, ...] = ()
    owned: Mapping[str, tuple[OwnedFile, ...]] = {}
    signs: tuple[tuple[str, Sign], ...] = ()


class TamperSign(Protocol):
    """One way to lie: one per file in ``tamper/``."""

    NAME: str
    TITLE: str
    SEVERITY: Severity
    RULES: Mapping[str, str]
    FIRES: tuple[Sample, ...]
    SILENT: tuple[Sample, ...]

    def look(self, scene: Scene) -> Iterable[Sighting]:
        """Return where the image shows this sign: one sighting per layer, or one in all."""


def tampering(unit: TamperSign, seen: Sighting) -> Finding:
    """Return the finding of a sign that was seen, its first ten places as evidence."""
    layer = seen.layer
    return Finding(
        id=f"{FindingKind.TAMPER}:{unit.NAME}:{seen.key or seen.places[0].path}",
        kind=FindingKind.TAMPER,
        rule=unit.NAME,
        title=unit.TITLE,
        description=str(seen),
        severity=seen.severity or unit.SEVERITY,
        severity_source="pratique",
        confidence=seen.confidence or Confidence.HIGH,
        location=seen.places[0].path,
        layer=layer,
        evidence=seen.evidence(unit.NAME),
    )
