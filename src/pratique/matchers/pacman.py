"""
Match packages of Arch Linux with its security tracker.

The tracker names binary packages; a split package is also looked up by the base it is built from.
"""

from collections.abc import Iterator

from pratique.formats.distro_ecosystem import release_of
from pratique.matchers._by_source import match_by, release_ecosystems
from pratique.matchers._queries import Claim, Query, claims_for, queries_of
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType

NAME = "pacman"
TYPES = frozenset({PackageType.ALPM})

ecosystems = release_ecosystems


def queries(package: Package, distro: Distro | None) -> Iterator[Query]:
    """Yield what to look up for one package: the package and the base it is built from."""
    if distro is not None:
        for name in dict.fromkeys(filter(None, (package.name, package.source_name))):
            yield from queries_of(release_of(distro), name, package.version)


def claims(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> list[Claim]:
    """
    Return what the data say of one package, best feed first.

    Raises:
        FormatError: its version cannot be compared.
    """
    return claims_for(queries(package, distro), lookup)


match = match_by(claims, NAME)
