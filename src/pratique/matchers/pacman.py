"""
Match packages of Arch Linux with its security tracker.

The tracker names binary packages; a split package is also looked up by the base it is built from.
"""

from pratique.formats.distro_ecosystem import release_of
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import claims_for, names_of, queries_of
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType

NAME = "pacman"
TYPES = frozenset({PackageType.ALPM})


def ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return Arch Linux, or nothing for a derivative."""
    return names_of(release_of(distro)) if distro else ()


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one package, sorted by rule."""
    if distro is None:
        return Matched()
    release = release_of(distro)
    names = dict.fromkeys(filter(None, (package.name, package.source_name)))
    queries = [query for name in names for query in queries_of(release, name, package.version)]
    try:
        claims = claims_for(queries, lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, claims, NAME)
