"""
Write findings as CycloneDX vulnerabilities: one per flaw, naming every component it touches.

A flaw whose findings are partly suppressed appears twice, once with the reason. Only published
flaws and malware are vulnerabilities in CycloneDX's sense; secrets, tampering, configuration and
licences are properties of the subject.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from pratique.formats.sbom import cyclonedx as cdx
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.report import Subject
from pratique.model.severity import Score, Severity
from pratique.reports._sentences import fix_step, fix_words
from pratique.reports._subjects import Place
from pratique.reports._summary import counted

_KINDS = frozenset({FindingKind.VULNERABILITY, FindingKind.MALWARE})
_LINK = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]+)?(?:[/?#][!-~]*)?")
_UNSAFE_IN_LINK = re.compile(r'["<>\\^`{|}\[\]%#]')
_CWE = re.compile(r"CWE-([1-9][0-9]{0,5})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_METHODS = {
    "CVSS:2.0": "CVSSv2",
    "CVSS:3.0": "CVSSv3",
    "CVSS:3.1": "CVSSv31",
    "CVSS:4.0": "CVSSv4",
}
_STATES: dict[str, str | UnsetType] = {
    "not_affected": "not_affected",
    "affected": "exploitable",
    "fixed": "resolved",
    "under_investigation": "in_triage",
}
_SEVERITIES = {Severity.NEGLIGIBLE: "info"}
"""Where CycloneDX has another word for a severity."""
_PUBLISHERS = {"CVE": "CVE", "GHSA": "GitHub", "RHSA": "Red Hat", "DSA": "Debian", "USN": "Ubuntu"}


class _Hit(Struct, frozen=True):
    """One finding and the reference of the component it touches."""

    ref: str
    finding: Finding


def vulnerabilities(subjects: Sequence[Place]) -> tuple[cdx.Vulnerability, ...]:
    """Return the flaws of all subjects, in the order in which the reports first name them."""
    groups: dict[tuple[str, str], list[_Hit]] = {}
    for place in subjects:
        refs: dict[str, list[str]] = {}
        for ref, package in place.packages:
            refs.setdefault(package.key, []).append(ref)
        for finding in place.subject.findings:
            if finding.kind in _KINDS and finding.rule:
                group = groups.setdefault((finding.rule, finding.suppressed), [])
                group += [_Hit(ref, finding) for ref in refs.get(finding.package, [place.ref])]
    taken: set[str] = set()
    return tuple(_vulnerability(rule, hits, taken) for (rule, _), hits in groups.items())


def others(subject: Subject) -> tuple[Finding, ...]:
    """Return the findings that count and that ``vulnerabilities`` has no place for."""
    return tuple(one for one in counted(subject) if one.kind not in _KINDS)


def links(references: Iterable[str]) -> tuple[str, ...]:
    """
    Return the references that are web addresses, each once.

    >>> links(["https://a.example/x?y=1", "javascript:alert(1)", "not a link"])
    ('https://a.example/x?y=1',)
    """
    good = (r for r in references if _LINK.fullmatch(r) and not _UNSAFE_IN_LINK.search(r))
    return tuple(dict.fromkeys(good))


def moment(text: str) -> str:
    """
    Return an ISO date or time as RFC 3339 has it, or an empty string.

    >>> moment("2026-04-02"), moment("2026-04-02T10:00:00Z"), moment("last week")
    ('2026-04-02T00:00:00Z', '2026-04-02T10:00:00Z', '')
    """
    if _DAY.fullmatch(text):
        text += "T00:00:00Z"
    return text if _MOMENT.fullmatch(text) and _is_day(text[:10]) else ""


def _vulnerability(rule: str, hits: list[_Hit], taken: set[str]) -> cdx.Vulnerability:
    findings = [hit.finding for hit in hits]
    first = findings[0]
    ref, number = rule, 2
    while ref in taken:
        ref, number = f"{rule}#{number}", number + 1
    taken.add(ref)
    return cdx.Vulnerability(
        bom_ref=ref,
        id=rule,
        source=_source(first),
        references=_references(findings) or UNSET,
        ratings=_ratings(findings) or UNSET,
        cwes=_cwes(findings) or UNSET,
        description=first.description or first.title or UNSET,
        detail="\n".join(dict.fromkeys(map(_detail, findings))),
        recommendation=_recommendation(findings) or UNSET,
        advisories=tuple(map(cdx.Advisory, links(u for f in findings for u in f.references)))
        or UNSET,
        published=moment(first.published) or UNSET,
        updated=moment(first.modified) or UNSET,
        analysis=_analysis(first),
        affects=_affects(hits),
        properties=_properties(first) or UNSET,
    )


def _analysis(finding: Finding) -> cdx.Analysis | UnsetType:
    """
    Return what was decided where a finding does not count.

    A state is only given on evidence: whoever scans the SBOM again takes it for a VEX statement.
    An exception changes nothing about the flaw: it is exploitable, and left as it is.
    """
    if not finding.suppressed:
        return UNSET
    detail, who = finding.suppressed, finding.suppressed_by
    if who is Suppressor.VEX:
        return cdx.Analysis(state=_STATES.get(finding.vex_status, UNSET), detail=detail)
    if who is Suppressor.REACHABILITY:
        return cdx.Analysis("not_affected", "code_not_present", detail=detail)
    if who is Suppressor.EXCEPTION:
        return cdx.Analysis("exploitable", response=("will_not_fix",), detail=detail)
    return cdx.Analysis(detail=detail)


def _source(finding: Finding) -> cdx.Source | UnsetType:
    for evidence in finding.evidence:
        url = links([evidence.url])
        name = evidence.publisher or evidence.feed
        if name:
            return cdx.Source(name=name, url=url[0] if url else UNSET)
    return UNSET


def _references(findings: Iterable[Finding]) -> tuple[cdx.Reference, ...]:
    found: dict[str, cdx.Source] = {}
    for finding in findings:
        publishers = {e.advisory: e.publisher or e.feed for e in finding.evidence}
        for name in finding.names:
            if name and name != finding.rule:
                known = _PUBLISHERS.get(name.partition("-")[0], "OSV")
                found.setdefault(name, cdx.Source(name=publishers.get(name) or known))
    return tuple(cdx.Reference(id=name, source=source) for name, source in found.items())


def _ratings(findings: Iterable[Finding]) -> tuple[cdx.Rating, ...]:
    ratings = []
    for finding in findings:
        source = cdx.Source(name=finding.severity_source) if finding.severity_source else UNSET
        ratings.append(cdx.Rating(source=source, severity=_severity(finding.severity)))
        ratings += map(_rating, finding.scores)
    return tuple(dict.fromkeys(ratings))


def _rating(score: Score) -> cdx.Rating:
    is_vector = score.kind in _METHODS
    return cdx.Rating(
        source=cdx.Source(name=score.source) if score.source else UNSET,
        score=score.value if score.value is not None else UNSET,
        severity=UNSET if score.severity is Severity.UNKNOWN else _severity(score.severity),
        method=_METHODS.get(score.kind, "other"),
        vector=score.vector if is_vector and score.vector else UNSET,
        justification=score.vector if score.vector and not is_vector else UNSET,
    )


def _severity(severity: Severity) -> str:
    return _SEVERITIES.get(severity, severity.value)


def _cwes(findings: Iterable[Finding]) -> tuple[int, ...]:
    numbers = (_CWE.fullmatch(name) for finding in findings for name in finding.cwes)
    return tuple(sorted({int(number[1]) for number in numbers if number}))


def _detail(finding: Finding) -> str:
    """Return the evidence in one line: which comparison made the finding, what ends it."""
    reasons = "; ".join(f"{e.advisory}: {e.comparison}" for e in finding.evidence if e.comparison)
    fix = (
        f"fixed in {fix_step(finding.fix)}" if finding.fix.version else fix_words(finding.fix.state)
    )
    where = f"{finding.package_name} {finding.package_version}".strip()
    return ": ".join(filter(None, (where, "; ".join(filter(None, (reasons, fix))))))


def _recommendation(findings: Iterable[Finding]) -> str:
    steps = (f"{f.package_name} to {fix_step(f.fix)}" for f in findings if f.fix.version)
    wanted = ", ".join(dict.fromkeys(steps))
    return f"Upgrade {wanted}." if wanted else ""


def _affects(hits: Iterable[_Hit]) -> tuple[cdx.Affects, ...]:
    found: dict[str, list[cdx.AffectedVersion]] = {}
    for hit in hits:
        versions = found.setdefault(hit.ref, [])
        installed, fixed = hit.finding.package_version[:1024], hit.finding.fix.version[:1024]
        if installed:
            versions.append(cdx.AffectedVersion(version=installed, status="affected"))
        if fixed:
            versions.append(cdx.AffectedVersion(version=fixed, status="unaffected"))
    return tuple(
        cdx.Affects(ref=ref, versions=tuple(dict.fromkeys(versions)) or UNSET)
        for ref, versions in found.items()
    )


def _properties(finding: Finding) -> tuple[cdx.Property, ...]:
    facts = {"confidence": finding.confidence.value, "kind": finding.kind.value}
    if finding.exploited:
        facts["exploited:added"] = finding.exploited.added
        facts["exploited:due"] = finding.exploited.due
        facts["exploited:ransomware"] = "true" if finding.exploited.ransomware else ""
    if finding.in_use:
        facts["in-use:path"] = finding.in_use.path
        facts["in-use:last"] = finding.in_use.last
    if finding.epss:
        facts["epss:probability"] = str(finding.epss.probability)
        facts["epss:date"] = finding.epss.date
    return tuple(cdx.Property(f"pratique:{name}", value) for name, value in facts.items() if value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
