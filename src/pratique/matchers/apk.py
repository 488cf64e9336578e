"""
Match apk packages with the advisories of Alpine, Wolfi, Chainguard and others that ship apk.

The security databases name the source package (``origin``), whose version all its packages share.
A fix of version ``0`` is the publisher's word that the package was never affected.
"""

from collections.abc import Iterator

from pratique.formats.distro_ecosystem import release_of
from pratique.formats.versions.order import check_installed
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import Claim, Query, claims_for, names_of, queries_of
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType

NAME = "apk"
TYPES = frozenset({PackageType.APK})


def ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return the ecosystem of the distribution's release; empty where none is known."""
    return names_of(release_of(distro)) if distro else ()


def queries(package: Package, distro: Distro | None) -> Iterator[Query]:
    """Yield what to look up for one package: its source, in every ecosystem of the release."""
    if distro is not None:
        name = package.source_name or package.name
        version = package.source_version or package.version
        yield from queries_of(release_of(distro), name, version)


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


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one package, sorted by rule."""
    try:
        found = claims(package, distro, lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, found, NAME)
