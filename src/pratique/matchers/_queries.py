"""
Ask the advisory data about one package: what is looked up, and what came back.

A ``Query`` is one look-up; a ``Claim`` is one statement that came back, with its verdict on the
version. The rank of a claim is that of its feed: the native tracker first, then OSV.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pratique.formats.distro_ecosystem import Release
from pratique.matchers._flaws import Flaws, flaws_of
from pratique.matchers._ranges import Verdict, judge
from pratique.model.advisory import AdvisoryLookup, Candidate
from pratique.model.finding import Confidence


class Query(Struct, frozen=True, kw_only=True):
    """
    One look-up.

    ``offer`` names who gets the fixes of a paid ecosystem. ``epoch_unknown``: the version comes
    from SOURCERPM. ``note`` goes into the evidence.
    """

    ecosystem: str
    name: str
    version: str
    offer: str = ""
    epoch_unknown: bool = False
    confidence: Confidence = Confidence.HIGH
    note: str = ""


class Claim(Struct, frozen=True):
    """One statement on the package, what it is about, and where the version stands."""

    query: Query
    candidate: Candidate
    flaws: Flaws
    verdict: Verdict
    rank: int


def queries_of(release: Release, name: str, version: str) -> Iterator[Query]:
    """Yield the look-ups of one name and version in every ecosystem of a release."""
    for ecosystem in release.ecosystems:
        yield Query(ecosystem=ecosystem, name=name, version=version, note=release.note)
    for paid in release.paid:
        yield Query(ecosystem=paid.ecosystem, name=name, version=version, offer=paid.offer)


def names_of(release: Release) -> tuple[str, ...]:
    """Return the full ecosystem names of a release, the paid ones last."""
    return (*release.ecosystems, *(paid.ecosystem for paid in release.paid))


def claims_for(queries: Iterable[Query], lookup: AdvisoryLookup) -> list[Claim]:
    """
    Return what the data say, best feed first; statements about no flaw are left out.

    Raises:
        FormatError: the package's own version cannot be compared.
    """
    claims: list[Claim] = []
    ranks: dict[str, int] = {}
    for query in queries:
        for candidate in lookup.candidates(query.ecosystem, query.name):
            flaws = flaws_of(candidate.advisory)
            if not flaws.keys or candidate.advisory.withdrawn:
                continue
            feed = candidate.advisory.feed
            # OSV republishes others' words, so it comes last, whoever else speaks.
            rank = ranks.setdefault(feed, _LAST if feed == "osv" else len(ranks))
            verdict = judge(candidate.affected, query.version, epoch_unknown=query.epoch_unknown)
            claims.append(Claim(query, candidate, flaws, verdict, rank))
    claims.sort(key=lambda claim: claim.rank)
    return claims


_LAST = 1 << 16
