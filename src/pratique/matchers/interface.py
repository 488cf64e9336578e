"""
Match packages with advisories: the one interface of this folder.

A matcher is one module: ``NAME``, ``TYPES`` (package types it judges) ``queries`` and ``match``. It looks
advisories up through the ``AdvisoryLookup`` it is given and does no I/O of its own.
"""

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct

from pratique.matchers._queries import Query
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.finding import Finding
from pratique.model.package import Package, PackageType
from pratique.model.unknown import Unknown


class Matched(Struct, frozen=True, kw_only=True):
    """
    What a matcher says of one package, or all of them of a subject.

    ``unknowns`` holds what could not be decided: an unparseable version, an ecosystem without
    data. An undecided comparison is an Unknown, never silently a match or a miss. ``compared``
    counts the packages of a subject that were compared with data that speak for them.
    """

    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    compared: int = 0


class Matcher(Protocol):
    """The interface of a matcher module."""

    NAME: str
    TYPES: frozenset[PackageType]

    def ecosystems(self, package: Package, distro: Distro | None) -> tuple[str, ...]:
        """Return the full ecosystem names to look up for a package (``("Debian:12",)``)."""

    def queries(self, package: Package, distro: Distro | None) -> Iterable[Query]:
        """Return every look-up that ``match`` makes; a scan asks for all packages at once."""

    def match(self, package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
        """Return the findings for one package, sorted by rule."""
