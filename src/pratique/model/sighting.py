"""
Say where a rule of ours was seen to fire in an image: shared by tamper signs and checks.

Siblings on the producers' floor meet here. A rule yields sightings; its family turns each into one
finding, with the places as evidence.
"""

import hashlib
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pratique.model.finding import Confidence, Evidence
from pratique.model.package import LayerRef
from pratique.model.severity import Severity

SHOWN = 10
"""Places that one finding lists as evidence."""


class Place(Struct, frozen=True, order=True):
    """
    A path and what is wrong there.

    ``path`` is empty where no file is meant (the config, the history); ``line`` counts from 1,
    0 is the whole file.
    """

    path: str
    note: str
    line: int = 0

    def __str__(self) -> str:
        """
        Return it as one clause.

        >>> str(Place("etc/motd", "too long", 3)), str(Place("", "no user is set"))
        ('etc/motd:3: too long', 'no user is set')
        """
        return f"{self.where}: {self.note}" if self.path else self.note

    @property
    def where(self) -> str:
        """Return ``path:line``, or ``path`` where the whole file is meant."""
        return f"{self.path}:{self.line}" if self.line else self.path


class Sighting(Struct, frozen=True, kw_only=True):
    """
    A rule that fired in one layer, or in the whole image where ``layer`` is None.

    ``places`` are where, the telling one first, at least one; ``more`` counts further ones that
    are not listed. ``severity`` and ``confidence`` stand in for the rule's usual ones. ``key`` tells
    sightings of one rule apart and is the same after a rebuild; empty where there is only one.
    ``hidden_by`` is the later layer that deletes or replaces the file: its bytes still ship.
    """

    places: tuple[Place, ...]
    more: int = 0
    layer: LayerRef | None = None
    severity: Severity | None = None
    confidence: Confidence | None = None
    key: str = ""
    hidden_by: LayerRef | None = None

    def __str__(self) -> str:
        """Return the first place as a clause, and how many more there are."""
        more = len(self.places) - 1 + self.more
        return f"{self.places[0]}{f' (and {more} more)' if more else ''}"

    def evidence(self, rule: str) -> tuple[Evidence, ...]:
        """Return the places as the evidence of a finding of ``rule``."""
        return tuple(
            Evidence(advisory=rule, feed="pratique", name=place.where, note=place.note)
            for place in self.places[:SHOWN]
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
        Sighting(
            places=tuple(inside[:SHOWN]),
            more=len(inside[SHOWN:]),
            layer=refs[layer],
            key=key_of(place.path for place in inside),
        )
        for layer, inside in found.items()
    )


def key_of(names: Iterable[str]) -> str:
    """
    Return a short text for a set of names: a single one itself, else a part of their sha256.

    >>> key_of(["etc/motd"]), key_of(["b", "a"]) == key_of(["a", "b", "a"])
    ('etc/motd', True)
    """
    sorted_names = sorted(set(names))
    if len(sorted_names) == 1:
        return sorted_names[0]
    joined = "\0".join(sorted_names).encode(errors="surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16] if sorted_names else ""
