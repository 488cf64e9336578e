"""
Match packages of programming languages by the semantics of OSV.

Law (OSV, "Evaluation"): a version is affected when a range holds it in the ecosystem's own order,
or the record lists it. Names are spelt as the ecosystem compares them. A version that the
ecosystem's own tool would not accept is undecided, never a match nor a miss. What nobody published
has no advisories. What a lockfile names counts less surely than what is installed; so do Erlang
applications, whose names are taken for those of their packages, and commits of a Go module that
has no release before them, which may be newer than a release that has the fix.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pratique.formats.feeds.package_names import normal_name
from pratique.formats.language_ecosystem import ECOSYSTEMS, ecosystem_of, full_name
from pratique.formats.versions.order import check_installed
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import Claim, Query, claims_for
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.package import Package, PackageType

NAME = "language"
TYPES = frozenset(ECOSYSTEMS)
_DEVEL = "(devel)"
"""Go's word for the tree a program was built from, which has no version."""
_UNTAGGED = re.compile(r"v0\.0\.0-(?:[0-9a-zA-Z.]*\.)?[0-9]{14}-[0-9a-f]{12}")
_DECLARED = "named by a lockfile; nothing shows that it is installed"
_APPLICATION = "the application's name is taken for its package's"
_COMMIT = "a commit without a release before it: it may be newer than the fix"


def ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return the ecosystem of the package's language."""
    found = ecosystem_of(package)
    return (found,) if found else ()


def queries(package: Package, distro: Distro | None) -> Iterator[Query]:
    """Yield what to look up for one package; nothing for what was never published."""
    if package.unpublished or package.version == _DEVEL:
        return
    for ecosystem in ecosystems(package, distro):
        doubts = [_DECLARED] if package.declared else []
        if package.type is PackageType.OTP:
            doubts.append(_APPLICATION)
        yield Query(
            ecosystem=ecosystem,
            name=normal_name(ecosystem, full_name(package)),
            version=package.version,
            confidence=Confidence.MEDIUM if doubts else Confidence.HIGH,
            note="; ".join(doubts),
        )


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one package, sorted by rule."""
    asked = list(queries(package, distro))
    try:
        for query in asked:
            if lookup.candidates(query.ecosystem, query.name):
                check_installed(query.ecosystem, query.version)
        claims = claims_for(asked, lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, list(_with_doubt(claims, package)), NAME)


def _with_doubt(claims: Iterable[Claim], package: Package) -> Iterator[Claim]:
    """Lower the confidence where a Go commit that follows no tag meets a bound that is a release."""
    untagged = package.type is PackageType.GOLANG and _UNTAGGED.fullmatch(package.version[:200])
    for claim in claims:
        bounds = [one.fixed for one in claim.candidate.affected.ranges if one.fixed]
        if not untagged or not bounds or any(map(_UNTAGGED.match, _with_v(bounds))):
            yield claim
            continue
        note = "; ".join(filter(None, (claim.query.note, _COMMIT)))
        query = replace(claim.query, confidence=Confidence.LOW, note=note)
        yield replace(claim, query=query)


def _with_v(bounds: Iterable[str]) -> list[str]:
    return [bound if bound.startswith("v") else f"v{bound}" for bound in bounds]
