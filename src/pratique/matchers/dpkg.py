"""
Match deb packages with the advisories of Debian, Ubuntu and others that ship deb.

By practice of both security teams the source package and its version count, not the binary's
(``libssl3`` is judged as ``openssl``; a binary rebuild ``+b1`` changes nothing). Ubuntu Pro's fixes
are looked up apart: they are shown as needing the subscription, and clear a package that has them.
"""

from pratique.matchers._by_source import match_by, release_ecosystems, source_queries
from pratique.matchers._queries import Claim, claims_for
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType

NAME = "dpkg"
TYPES = frozenset({PackageType.DEB, PackageType.OPKG})

ecosystems = release_ecosystems
queries = source_queries


def claims(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> list[Claim]:
    """
    Return what the data say of one package, best feed first.

    Raises:
        FormatError: its version cannot be compared.
    """
    return claims_for(queries(package, distro), lookup)


match = match_by(claims, NAME)
