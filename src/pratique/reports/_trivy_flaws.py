"""
Write flaws as Trivy's vulnerabilities, with the words of its status, sources and scores.
"""

import re
from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from pratique.formats import trivy_report as trivy
from pratique.formats.text import printable
from pratique.model.advisory import FixState
from pratique.model.finding import Evidence, Finding
from pratique.model.package import LayerRef, Package
from pratique.model.severity import Score, Severity
from pratique.reports._flaws import links, moment

_WORD = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SEVERITIES = {Severity.NEGLIGIBLE: "LOW"}
_STATES: dict[FixState, trivy.Status] = {
    FixState.FIXED: "fixed",
    FixState.NOT_FIXED: "affected",
    FixState.WILL_NOT_FIX: "will_not_fix",
    FixState.DEFERRED: "fix_deferred",
    FixState.NOT_AFFECTED: "not_affected",
    FixState.UNDER_INVESTIGATION: "under_investigation",
    FixState.END_OF_LIFE: "end_of_life",
    FixState.UNKNOWN: "affected",
}


def vulnerability(finding: Finding, package: Package | None, path: str) -> trivy.Vulnerability:
    """Return one flaw; ``path`` is that of a package that shares its target with others."""
    version = finding.package_version
    urls = links([*(one.url for one in finding.evidence), *finding.references])
    purl = finding.package.partition("#")[0]
    return trivy.Vulnerability(
        vulnerability_id=finding.rule,
        vendor_ids=_vendor_ids(finding) or UNSET,
        pkg_id=f"{finding.package_name}@{version}",
        pkg_name=finding.package_name,
        pkg_path=path or UNSET,
        pkg_identifier=trivy.Identifier(purl, finding.id) if purl else UNSET,
        installed_version=version,
        fixed_version=finding.fix.version or UNSET,
        status="fixed" if finding.fix.version else _STATES[finding.fix.state],
        layer=layer(finding.layer),
        severity_source=finding.severity_source or UNSET,
        primary_url=urls[0] if urls else UNSET,
        data_source=_source(finding.evidence),
        fingerprint=finding.id,
        title=printable(finding.title) or UNSET,
        description=finding.description or UNSET,
        severity=severity(finding.severity),
        cwe_ids=_weaknesses(finding) or UNSET,
        vendor_severity=_vendor_severities(finding) or UNSET,
        cvss=_cvss(finding.scores) or UNSET,
        references=urls or UNSET,
        published_date=moment(finding.published) or UNSET,
        last_modified_date=moment(finding.modified) or UNSET,
    )


def severity(grade: Severity) -> str:
    """
    Return Trivy's word for a severity.

    >>> severity(Severity.NEGLIGIBLE), severity(Severity.UNKNOWN)
    ('LOW', 'UNKNOWN')
    """
    return _SEVERITIES.get(grade, grade.value.upper())


def layer(ref: LayerRef | None) -> trivy.Layer | UnsetType:
    """Return the layer that brought something, unset where that is not known."""
    if ref is None:
        return UNSET
    return trivy.Layer(
        digest=ref.blob or UNSET, diff_id=ref.diff_id or UNSET, created_by=ref.created_by or UNSET
    )


def _vendor_ids(finding: Finding) -> tuple[str, ...]:
    names = (one.advisory for one in finding.evidence)
    return tuple(dict.fromkeys(name for name in names if name and name != finding.rule))


def _source(evidence: Iterable[Evidence]) -> trivy.DataSource | UnsetType:
    for one in evidence:
        if one.feed:
            url = links([one.url])
            name = one.publisher or one.feed
            return trivy.DataSource(id=one.feed, name=name, url=url[0] if url else "")
    return UNSET


def _weaknesses(finding: Finding) -> tuple[str, ...]:
    """Return the CWE names; readers take the number after the dash."""
    return tuple(
        name
        for name in finding.cwes
        if name.startswith("CWE-") and name[4:].isascii() and name[4:].isdigit()
    )


def _vendor_severities(finding: Finding) -> dict[str, int]:
    grades = {_key(one.source): one.severity for one in finding.scores if one.source}
    if finding.severity_source:
        grades[_key(finding.severity_source)] = finding.severity
    return {
        source: trivy.SEVERITIES.index(severity(grade))
        for source, grade in sorted(grades.items())
        if grade is not Severity.UNKNOWN
    }


def _key(source: str) -> str:
    """Return a source as a key; what is no plain word must not become one."""
    return source if _WORD.fullmatch(source) else "other"


def _cvss(scores: Iterable[Score]) -> dict[str, trivy.Cvss]:
    """Return vectors and scores by source; of two versions of one number the newer wins."""
    found: dict[str, dict[str, str | float]] = {}
    for score in sorted(scores):
        version = score.kind.removeprefix("CVSS:")
        number = {"2.0": "v2", "3.0": "v3", "3.1": "v3", "4.0": "v40"}.get(version)
        if number is None or not score.source:
            continue
        fields = found.setdefault(_key(score.source), {})
        fields[f"{number}_vector"] = score.vector
        if score.value is not None:
            fields[f"{number}_score"] = score.value
    return {source: trivy.Cvss(**fields) for source, fields in found.items()}  # type: ignore[arg-type]
