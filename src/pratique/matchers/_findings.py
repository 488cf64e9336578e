"""
Make findings of claims: one for each flaw of a package, with everybody's evidence.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pratique.matchers._deciding import decide, fix_of
from pratique.matchers._doubts import doubt_of, doubt_of_renaming
from pratique.matchers._flaws import Names
from pratique.matchers._grading import grade, scores_of
from pratique.matchers._publishers import publisher_of
from pratique.matchers._queries import Claim
from pratique.matchers._reachability import by_reachability
from pratique.matchers.interface import Matched
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind
from pratique.model.package import Package
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown

MAX_REFERENCES = 40


def findings_of(package: Package, claims: Sequence[Claim], unit: str) -> Matched:
    """Return the findings on a package, sorted by rule, and what could not be decided."""
    findings: list[Finding] = []
    unknowns: set[Unknown] = set()
    for flaw, group in sorted(_by_flaw(claims).items()):
        decision = decide(group)
        if decision.standing:
            doubt = doubt_of(package) or doubt_of_renaming(group, decision.standing)
            finding = _finding(package, flaw, decision.standing, doubt)
            findings.append(by_reachability(finding, package, decision.standing, group))
        else:
            unknowns.update(_undecided(package, claim, unit) for claim in decision.undecided)
    return Matched(findings=tuple(findings), unknowns=tuple(sorted(unknowns)))


def finding_id(kind: FindingKind, rule: str, key: str) -> str:
    """
    Return the stable id of a finding.

    >>> finding_id(FindingKind.VULNERABILITY, "CVE-2020-0001", "pkg:deb/debian/zlib@1")
    '7ee5c10af4b407a6'
    """
    return hashlib.sha256(f"{kind}\0{rule}\0{key}".encode()).hexdigest()[:16]


def unmatched(package: Package, reason: str, unit: str) -> Unknown:
    """Return the Unknown for a package that could not be compared."""
    return Unknown(stage=Stage.MATCH, unit=unit, location=package.key, reason=reason)


def _by_flaw(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    names = Names()
    for claim in claims:
        names.join(claim.flaws)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in dict.fromkeys(names.best(key) for key in claim.flaws.keys):
            groups[key].append(claim)
    return _told_apart(groups)


def _told_apart(groups: dict[str, list[Claim]]) -> dict[str, list[Claim]]:
    """
    Return the groups, records that name several CVEs as one flaw told apart where their fixes differ.

    Such records (a chain of aliases can join what has nothing in common) stand for each CVE. Where
    they name different fixes they cannot be one flaw, and each stands for itself, under its own id.
    """
    apart: dict[str, list[Claim]] = defaultdict(list)
    for key, group in groups.items():
        chained = not any(claim.flaws.single or claim.flaws.erratum for claim in group)
        if chained and len({claim.verdict.fix for claim in group}) > 1:
            for claim in group:
                own = apart[str(claim.candidate.advisory.id)]
                own += [] if claim in own else [claim]
        else:
            apart[key] += group
    return apart


def _finding(package: Package, flaw: str, standing: Sequence[Claim], doubt: str) -> Finding:
    advisories = [claim.candidate.advisory for claim in standing]
    exact = [claim.candidate.advisory for claim in standing if claim.flaws.single] or advisories
    malicious = any(advisory.malicious for advisory in advisories)
    kind = FindingKind.MALWARE if malicious else FindingKind.VULNERABILITY
    severity, source = grade(standing, flaw)
    if malicious and severity is Severity.UNKNOWN:
        severity, source = Severity.CRITICAL, "malicious package"
    return Finding(
        id=finding_id(kind, flaw, package.key),
        kind=kind,
        rule=flaw,
        title=_first(advisory.title for advisory in exact),
        description=_first(advisory.description for advisory in exact),
        severity=severity,
        severity_source=source,
        scores=scores_of(standing),
        confidence=Confidence.LOW if doubt else _confidence(standing),
        names=_names(flaw, standing),
        package=package.key,
        package_name=package.name,
        package_version=package.version,
        location=package.location,
        layer=package.layer,
        fix=fix_of(standing),
        evidence=_evidence(standing, flaw, doubt),
        cwes=tuple(sorted({cwe for advisory in exact for cwe in advisory.cwes})),
        references=_references(standing, flaw),
        published=min((a.published for a in exact if a.published), default=""),
        modified=max((a.modified for a in exact if a.modified), default=""),
    )


def _confidence(standing: Sequence[Claim]) -> Confidence:
    return min((claim.query.confidence for claim in standing), key=_DOUBT.index)


def _names(flaw: str, standing: Sequence[Claim]) -> tuple[str, ...]:
    others = {name for claim in standing if claim.flaws.single for name in claim.flaws.names}
    own = (c.candidate.advisory for c in standing if not c.flaws.single and not c.flaws.erratum)
    others.update(name for advisory in own if advisory.id == flaw for name in advisory.aliases)
    return (flaw, *sorted(others - {flaw}))


def _references(standing: Sequence[Claim], flaw: str) -> tuple[str, ...]:
    pages = [_page(claim, flaw)[1] for claim in standing]
    pages += [page for claim in standing for page in claim.candidate.advisory.references]
    return tuple(dict.fromkeys(pages))[:MAX_REFERENCES]


def _evidence(standing: Sequence[Claim], flaw: str, doubt: str) -> tuple[Evidence, ...]:
    """Return what each record says; the same said for several repositories counts once."""
    found: dict[tuple[str, ...], Evidence] = {}
    for claim in standing:
        one = _said(claim, flaw, doubt)
        key = (one.advisory, one.feed, one.name, one.event, one.comparison, one.note)
        found.setdefault(key, one)
    return tuple(found.values())


def _said(claim: Claim, flaw: str, doubt: str) -> Evidence:
    publisher, url = _page(claim, flaw)
    affected = claim.candidate.affected
    module = f"module {affected.module}" if affected.module else ""
    notes = (affected.note, module, claim.query.note, _paid_note(claim), doubt)
    return Evidence(
        advisory=str(claim.candidate.advisory.id),
        feed=claim.candidate.advisory.feed,
        publisher=publisher,
        url=url,
        ecosystem=claim.query.ecosystem,
        name=claim.query.name,
        event=claim.verdict.event,
        comparison=claim.verdict.comparison,
        note="; ".join(filter(None, notes)),
    )


def _paid_note(claim: Claim) -> str:
    offer = claim.query.offer
    if not offer:
        return ""
    return f"the fix is part of {offer}" if claim.verdict.fix else f"{offer} has no fix either"


def _page(claim: Claim, flaw: str) -> tuple[str, str]:
    return publisher_of(claim.candidate.advisory, claim.query.ecosystem, flaw)


def _undecided(package: Package, claim: Claim, unit: str) -> Unknown:
    reason = f"{claim.candidate.advisory.id} cannot be compared: {claim.verdict.reason}"
    return unmatched(package, reason, unit)


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


_DOUBT = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
