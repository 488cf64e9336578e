"""
Look for signs that an image lies about itself: the one interface of this folder.

A sign is a module with ``NAME`` (the rule its findings name), ``TITLE``, ``SEVERITY``, ``RULES``
(what `pratique explain` says), ``FIRES`` and ``SILENT`` (small images that show what it is about,
run by the tests) and ``look``. One that must see the bytes of single files is a layer unit as well
(``VERSION``, ``PATTERNS``, ``extract_file``, see ``model.units.LayerUnit``). Law: sound build tools and package managers never make a sign fire;
what a person may do for a good reason (thin an image out by deleting a database) is told, and the
words say so. A sign only tells: it never hides a package or another finding.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from pratique.formats.overlay.merge import Ambiguity
from pratique.formats.overlay.tree import MergedTree
from pratique.model.distro import Distro
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind
from pratique.model.layer import LayerFacts
from pratique.model.package import LayerRef, OwnedFile, Package, Sign
from pratique.model.severity import Severity

SHOWN = 10
"""Places that one finding lists as evidence."""

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


class Place(Struct, frozen=True, order=True):
    """A path (or empty) and what is wrong there."""

    path: str
    note: str

    def __str__(self) -> str:
        """Return it as one clause."""
        return f"{self.path}: {self.note}" if self.path else self.note


class Sighting(Struct, frozen=True, kw_only=True):
    """
    A sign seen in one layer, or in the whole image where ``layer`` is None.

    ``places`` are where, the telling one first, at least one; ``more`` counts further ones that
    are not listed. ``severity`` stands in for the sign's usual one.
    """

    places: tuple[Place, ...]
    more: int = 0
    layer: LayerRef | None = None
    severity: Severity | None = None
    confidence: Confidence = Confidence.HIGH


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
    first = seen.places[0]
    more = len(seen.places) - 1 + seen.more
    layer = seen.layer
    return Finding(
        id=f"{FindingKind.TAMPER}:{unit.NAME}:{layer.diff_id if layer else ''}",
        kind=FindingKind.TAMPER,
        rule=unit.NAME,
        title=unit.TITLE,
        description=f"{first}{f' (and {more} more)' if more else ''}",
        severity=seen.severity or unit.SEVERITY,
        severity_source="pratique",
        confidence=seen.confidence,
        location=first.path,
        layer=layer,
        evidence=tuple(
            Evidence(advisory=unit.NAME, feed="pratique", name=place.path, note=place.note)
            for place in seen.places[:SHOWN]
        ),
    )


def per_layer(
    places: Iterable[tuple[int, Place]], refs: Sequence[LayerRef | None]
) -> tuple[Sighting, ...]:
    """
    Return one sighting for each layer that has places, lowest layer first, places sorted.

    >>> [seen.places[0].path for seen in per_layer([(1, Place("b", "x")), (0, Place("c", "y"))], [None] * 2)]
    ['c', 'b']
    """
    found: dict[int, list[Place]] = {}
    for layer, place in sorted(set(places)):
        found.setdefault(layer, []).append(place)
    return tuple(
        Sighting(places=tuple(inside[:SHOWN]), more=len(inside[SHOWN:]), layer=refs[layer])
        for layer, inside in found.items()
    )
