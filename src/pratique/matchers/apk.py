"""
Match apk packages with the advisories of Alpine, Wolfi, Chainguard and others that ship apk.

The security databases name the source package (``origin``), whose version all its packages share.
A fix of version ``0`` is the publisher's word that the package was never affected.
"""

from pratique.formats.distro_ecosystem import release_of
from pratique.formats.versions.order import check_installed
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import claims_for, names_of, queries_of
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


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one package, sorted by rule."""
    if distro is None:
        return Matched()
    name = package.source_name or package.name
    version = package.source_version or package.version
    try:
        check_installed("Alpine", version)
        claims = claims_for(queries_of(release_of(distro), name, version), lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, claims, NAME)
