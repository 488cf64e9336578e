"""Match OS packages as most distributions are matched: by source package, within the release."""

from collections.abc import Callable, Iterator

from pratique.formats.distro_ecosystem import release_of
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import Claim, Query, names_of, queries_of
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Package

Claims = Callable[[Package, Distro | None, AdvisoryLookup], list[Claim]]


def release_ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return the ecosystems of the distribution's release; empty where none is known."""
    return names_of(release_of(distro)) if distro else ()


def source_queries(package: Package, distro: Distro | None) -> Iterator[Query]:
    """Yield what to look up for one package: its source, in every ecosystem of the release."""
    if distro is not None:
        name = package.source_name or package.name
        version = package.source_version or package.version
        yield from queries_of(release_of(distro), name, version)


def match_by(
    claims: Claims, unit: str
) -> Callable[[Package, Distro | None, AdvisoryLookup], Matched]:
    """Return the ``match`` of a matcher called ``unit`` that finds its claims so."""

    def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
        """Return the findings for one package, sorted by rule."""
        try:
            found = claims(package, distro, lookup)
        except FormatError as error:
            return Matched(unknowns=(unmatched(package, str(error), unit),))
        return findings_of(package, found, unit)

    return match
