"""
Hear the distribution on flaws of libraries that are part of its packages.

Laws, for a finding on a package that was joined with an OS package (``Package.owner``):
1. A distribution that lists unfixed flaws too and says of this one that the installed version has
   the fix, or was never affected, suppresses it. Where it says that the OS package is affected,
   that is reported once, for the OS package.
2. The word of a distribution that publishes fixes only is quoted, and suppresses nothing.
3. Silence, a statement that cannot be compared, or one about other versions suppresses nothing.
4. Malware is never suppressed so: the distribution's word is about flaws.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.versions.order import base_name, key_for
from pratique.matchers import apk, dpkg, pacman, rpm
from pratique.matchers._comprehensive import is_comprehensive
from pratique.matchers._deciding import decide
from pratique.matchers._publishers import publisher_of
from pratique.matchers._queries import Claim
from pratique.matchers._ranges import Standing
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.finding import Evidence, Finding, FindingKind, Suppressor
from pratique.model.package import Package

_CLAIMS = {kind: unit.claims for unit in (apk, dpkg, pacman, rpm) for kind in unit.TYPES}
_CLEAR = (Standing.FIXED, Standing.NOT_AFFECTED)
_FIXES_ONLY = "it publishes fixes only, so this suppresses nothing"


def heed_distro(
    findings: Sequence[Finding],
    packages: Mapping[str, Package],
    distro: Distro | None,
    lookup: AdvisoryLookup,
) -> list[Finding]:
    """
    Return the findings in their order, suppressed or annotated by the distribution's word.

    Args:
        findings: on all packages of a subject.
        packages: these by ``Package.key``.
        distro: whose packages they are.
        lookup: answers also on names that nothing here is affected by.
    """
    hearing = _Hearing(findings, packages, distro, lookup)
    return [hearing.of(finding) for finding in findings]


class _Word(Struct, frozen=True):
    """What the distribution says of one flaw in one OS package, and whose sentence it is."""

    claim: Claim
    sentence: str


class _Hearing:
    def __init__(
        self,
        findings: Sequence[Finding],
        packages: Mapping[str, Package],
        distro: Distro | None,
        lookup: AdvisoryLookup,
    ) -> None:
        self._packages, self._distro, self._lookup = packages, distro, lookup
        self._claims: dict[str, Sequence[Claim]] = {}
        self._reported = {
            (finding.package, name)
            for finding in findings
            if not finding.suppressed
            for name in finding.names
        }

    def of(self, finding: Finding) -> Finding:
        """Return the finding as it stands after the distribution was heard."""
        package = self._packages.get(finding.package)
        owner = self._packages.get(package.owner) if package and package.owner else None
        if owner is None or finding.suppressed or finding.kind is not FindingKind.VULNERABILITY:
            return finding
        claims = [claim for claim in self._claims_on(owner) if _is_about(claim, finding)]
        word = _word(claims, owner)
        if word is not None and is_comprehensive(*_source(word.claim)):
            return _suppressed(finding, word, Suppressor.DISTRO, word.sentence)
        if any((owner.key, name) in self._reported for name in finding.names):
            return self._twice(finding, claims, owner)
        return finding if word is None else _quoted(finding, word, _FIXES_ONLY)

    def _twice(self, finding: Finding, claims: Sequence[Claim], owner: Package) -> Finding:
        standing = decide(claims).standing
        reason = f"reported for its OS package {owner.name}"
        if not standing:
            return finding
        word = _Word(standing[0], f"{_distro_name(standing[0])}: affected, {owner.name}")
        if not is_comprehensive(*_source(standing[0])):
            return _quoted(finding, word, _FIXES_ONLY)
        return replace(finding, suppressed=reason, suppressed_by=Suppressor.OS_PACKAGE)

    def _claims_on(self, owner: Package) -> Sequence[Claim]:
        if owner.key not in self._claims:
            find = _CLAIMS.get(owner.type)
            try:
                found = find(owner, self._distro, self._lookup) if find else []
            except FormatError:
                found = []  # what cannot be compared is silence
            self._claims[owner.key] = found
        return self._claims[owner.key]


def _is_about(claim: Claim, finding: Finding) -> bool:
    return any(name in finding.names for name in (*claim.flaws.keys, *claim.flaws.names))


def _word(claims: Sequence[Claim], owner: Package) -> _Word | None:
    """Return the word that clears the OS package of a flaw, None where it does not."""
    if not claims:
        return None
    decision = decide(claims)
    if decision.standing or decision.undecided:
        return None
    clear = next((claim for claim in claims if claim.verdict.standing in _CLEAR), None)
    return _Word(clear, _sentence(clear, owner)) if clear else None


def _sentence(claim: Claim, owner: Package) -> str:
    name, who = claim.query.name, _distro_name(claim)
    if claim.verdict.standing is Standing.NOT_AFFECTED:
        return f"{who}: not affected, {name} {owner.version}"
    return f"{who}: fixed in {name} {_reached(claim)}, installed {claim.query.version}"


def _reached(claim: Claim) -> str:
    """Return the last fixed version that the installed one has reached."""
    key = key_for(claim.query.ecosystem)
    reached = []
    for interval in claim.candidate.affected.ranges:
        try:
            if interval.fixed and not key(claim.query.version) < key(interval.fixed):
                reached.append(interval.fixed)
        except FormatError:
            continue
    return max(reached, key=key, default="this version")


def _distro_name(claim: Claim) -> str:
    return claim.query.offer or base_name(claim.query.ecosystem)


def _source(claim: Claim) -> tuple[str, str]:
    return claim.query.ecosystem, claim.candidate.advisory.feed


def _suppressed(finding: Finding, word: _Word, who: Suppressor, reason: str) -> Finding:
    return replace(_quoted(finding, word), suppressed=reason, suppressed_by=who)


def _quoted(finding: Finding, word: _Word, remark: str = "") -> Finding:
    """Return the finding with the distribution's word among its evidence."""
    advisory = word.claim.candidate.advisory
    publisher, url = publisher_of(advisory, word.claim.query.ecosystem, finding.rule)
    said = Evidence(
        advisory=str(advisory.id),
        feed=advisory.feed,
        publisher=publisher,
        url=url,
        ecosystem=word.claim.query.ecosystem,
        name=word.claim.query.name,
        note="; ".join(filter(None, (word.sentence, remark))),
    )
    return replace(finding, evidence=(*finding.evidence, said))
