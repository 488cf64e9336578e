"""
Match rpm packages with the advisories of RHEL and its kin, SUSE, Amazon, Azure Linux and others.

By the publishers' practice:
- Errata name binary packages (Red Hat, AlmaLinux, Amazon, Oracle, Fedora) or source packages
  (Rocky, SUSE, Azure Linux); both names are looked up. Where the publisher names binaries, a fix
  listed under the source's name speaks only for binaries it never names.
- The version of a source package comes from SOURCERPM, which has no epoch: each bound lends its
  own.
- An advisory that lists several builds of one package is satisfied by any of them.
- A modular package is compared with its own stream only; a package outside modules never with a
  module's build.
- An erratum limited to some architectures says nothing about the others.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pratique.formats.distro_ecosystem import release_of
from pratique.formats.versions.order import base_name
from pratique.matchers._doubts import doubt_of_update
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import Claim, Query, claims_for, names_of, queries_of
from pratique.matchers._ranges import Standing
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup, Affected
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.package import Package, PackageType

NAME = "rpm"
TYPES = frozenset({PackageType.RPM})

_UNSTATED = "?"
_NAMES_BINARIES = frozenset({"Red Hat", "AlmaLinux", "Amazon Linux", "Oracle Linux", "Fedora"})


def ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return the ecosystems of the distribution's release; empty where none is known."""
    return names_of(release_of(distro)) if distro else ()


def queries(package: Package, distro: Distro | None) -> Iterator[Query]:
    """Yield what to look up for one package: its own name, then its source's."""
    if distro is None:
        return
    release = release_of(distro)
    yield from queries_of(release, package.name, package.version)
    source = package.source_name
    if source and source != package.name:
        known = bool(package.source_version)
        version = package.source_version or package.version
        for query in queries_of(release, source, version):
            yield replace(query, epoch_unknown=known)


def claims(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> list[Claim]:
    """
    Return what the data say of one package, best feed first, less what is about other builds.

    Raises:
        FormatError: its version cannot be compared.
    """
    found = claims_for(queries(package, distro), lookup)
    fitting = [_with_doubt(claim, package) for claim in found if _fits(claim, package)]
    return _any_build_will_do(list(_by_binary_first(fitting, package)))


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one package, sorted by rule."""
    try:
        found = claims(package, distro, lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, found, NAME)


def _fits(claim: Claim, package: Package) -> bool:
    """Return whether a statement is about this package's architecture and module stream."""
    affected, stream = claim.candidate.affected, _stream(package)
    arches = affected.arches
    # A package may have become noarch with the fix: that build replaces any architecture's.
    if arches and "noarch" not in arches and package.arch not in ("", "noarch", *arches):
        return False
    if stream == _UNSTATED:
        return _is_modular(affected)
    if affected.module:
        return stream == affected.module
    unfixed = not any(interval.fixed for interval in affected.ranges)
    return unfixed or _is_modular(affected) == bool(stream)


def _stream(package: Package) -> str:
    """Return ``name:stream`` of a modular package, empty for others."""
    parts = package.module.split(":")
    if len(parts) >= 2:
        return ":".join(parts[:2])
    return _UNSTATED if ".module" in package.version else ""


def _is_modular(affected: Affected) -> bool:
    return bool(affected.module) or any(".module" in one.fixed for one in affected.ranges)


def _with_doubt(claim: Claim, package: Package) -> Claim:
    """
    Lower the confidence where advisory or package does not state the stream of a module, and where
    the advisory is about another package that it updates.
    """
    affected, stream = claim.candidate.affected, _stream(package)
    if _is_modular(affected) and not (affected.module and stream != _UNSTATED):
        who = "package" if affected.module else "advisory"
        return _doubted(claim, Confidence.LOW, f"the {who} does not state the stream")
    names = (package.name, package.source_name)
    doubt = doubt_of_update(claim.candidate.advisory.title, names)
    return _doubted(claim, Confidence.MEDIUM, doubt) if doubt else claim


def _doubted(claim: Claim, confidence: Confidence, doubt: str) -> Claim:
    note = "; ".join(filter(None, (claim.query.note, doubt)))
    return replace(claim, query=replace(claim.query, confidence=confidence, note=note))


def _by_binary_first(claims: Sequence[Claim], package: Package) -> Iterator[Claim]:
    """Yield the claims, less those on the source's name that do not speak for this binary."""
    named = [claim for claim in claims if claim.query.name == package.name]
    advisories = {claim.candidate.advisory.id for claim in named}
    for claim in claims:
        if claim.query.name == package.name:
            yield claim
        elif claim.candidate.advisory.id in advisories:
            continue
        elif not named or not _lists_binaries(claim):
            yield claim


def _lists_binaries(claim: Claim) -> bool:
    fixed = any(interval.fixed for interval in claim.candidate.affected.ranges)
    return fixed and base_name(claim.query.ecosystem) in _NAMES_BINARIES


def _any_build_will_do(claims: Sequence[Claim]) -> list[Claim]:
    """Drop "affected" of an advisory that lists another build which the package has reached."""
    reached = {
        (claim.candidate.advisory.id, claim.candidate.advisory.feed)
        for claim in claims
        if claim.verdict.standing is Standing.FIXED
    }
    return [
        claim
        for claim in claims
        if claim.verdict.standing is not Standing.AFFECTED
        or (claim.candidate.advisory.id, claim.candidate.advisory.feed) not in reached
    ]
