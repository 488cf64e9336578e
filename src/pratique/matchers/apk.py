"""
Match apk packages with the advisories of Alpine, Wolfi, Chainguard and others that ship apk.

The security databases name the source package (``origin``), whose version all its packages share.
A fix of version ``0`` is the publisher's word that the package was never affected.
"""

from pratique.formats.versions.order import check_installed
from pratique.matchers._by_source import match_by, release_ecosystems, source_queries
from pratique.matchers._queries import Claim, claims_for
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType

NAME = "apk"
TYPES = frozenset({PackageType.APK})

ecosystems = release_ecosystems
queries = source_queries


def claims(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> list[Claim]:
    """
    Return what the data say of one package, best feed first.

    Raises:
        FormatError: its version cannot be compared.
    """
    asked = list(queries(package, distro))
    for query in asked:
        check_installed("Alpine", query.version)
    return claims_for(asked, lookup)


match = match_by(claims, NAME)
