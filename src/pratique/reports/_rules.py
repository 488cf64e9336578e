"""
Write flaws as SARIF rules, as GitHub code scanning reads them.

A rule is shared by all findings of one flaw, so it carries the worst of their severities. GitHub
grades an alert by ``security-severity`` (over 9.0 critical, 7.0 high, 4.0 medium); the number is a
CVSS score where one agrees with our severity, else the middle of that severity's band, so both
never contradict. A flaw of unknown severity has no number.

Source: GitHub, "SARIF support for code scanning" (properties of ``reportingDescriptor``).
"""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from pratique.formats import sarif
from pratique.formats.text import markdown, printable
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.severity import Severity
from pratique.reports._flaws import links
from pratique.reports._places import about
from pratique.reports._steps import step

_BANDS = {
    Severity.CRITICAL: (9.0, 10.0),
    Severity.HIGH: (7.0, 8.9),
    Severity.MEDIUM: (4.0, 6.9),
    Severity.LOW: (0.1, 3.9),
    Severity.NEGLIGIBLE: (0.1, 0.1),
}
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.NEGLIGIBLE: "note",
    Severity.UNKNOWN: "warning",
}
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
_PRECISIONS = {
    Confidence.HIGH: "very-high",
    Confidence.MEDIUM: "medium",
    Confidence.LOW: "low",
}
_NAMES = {
    FindingKind.VULNERABILITY: "VulnerablePackage",
    FindingKind.MALWARE: "Malware",
    FindingKind.SECRET: "Secret",
    FindingKind.CONFIG: "Misconfiguration",
    FindingKind.LICENCE: "Licence",
    FindingKind.END_OF_LIFE: "EndOfLife",
    FindingKind.TAMPER: "Tampering",
    FindingKind.CODE: "CodeWeakness",
    FindingKind.SERVICE: "ServiceWeakness",
}
_MAX_TEXT = 1024
"""Characters of a short description that GitHub shows."""
_ROWS = 20


def level_of(severity: Severity) -> str:
    """Return the SARIF level of a severity; an unknown one warns."""
    return _LEVELS[severity]


def rule(name: str, findings: Sequence[Finding]) -> sarif.Rule:
    """Return the rule of one flaw; ``findings`` are its own, worst first."""
    first = findings[0]
    urls = links(url for f in findings for url in (*(e.url for e in f.evidence), *f.references))
    level = level_of(first.severity)
    title = printable(first.title or name)[:_MAX_TEXT]
    description = printable(first.description or first.title or name)[:_MAX_TEXT]
    return sarif.Rule(
        id=name,
        name=_NAMES[first.kind],
        short_description=sarif.plain(title),
        full_description=sarif.plain(description),
        help=sarif.Message(
            sarif.plain(_help_text(name, findings, urls)).text,
            _help_markdown(name, findings, urls),
        ),
        help_uri=urls[0] if urls else UNSET,
        default_configuration=sarif.Configuration(level),
        properties=sarif.RuleProperties(
            tags=_tags(findings),
            precision=_PRECISIONS[first.confidence],
            problem_severity=_PROBLEMS[level],
            security_severity=_number(findings),
        ),
    )


def _number(findings: Sequence[Finding]) -> str | UnsetType:
    severity = findings[0].severity
    if severity not in _BANDS:
        return UNSET
    low, high = _BANDS[severity]
    values = (s.value for f in findings for s in f.scores if s.value is not None)
    fitting = [value for value in values if low <= value <= high]
    return f"{max(fitting) if fitting else (low + high) / 2:.1f}"


def _tags(findings: Sequence[Finding]) -> tuple[str, ...]:
    first = findings[0]
    tags = ["security", first.kind.value, first.severity.value]
    tags += ["known-exploited"] if any(f.exploited for f in findings) else []
    tags += sorted({f"external/cwe/{cwe.lower()}" for f in findings for cwe in f.cwes})
    return tuple(tags[: sarif.MAX_TAGS])


def _help_text(name: str, findings: Sequence[Finding], urls: Sequence[str]) -> str:
    lines = [f"{name}: {printable(findings[0].title or name)}"]
    lines += [f"{_where(f)}: {step(f)}" for f in findings[:_ROWS]]
    return "\n".join([*map(printable, lines), *urls[:5]])


def _help_markdown(name: str, findings: Sequence[Finding], urls: Sequence[str]) -> str:
    first = findings[0]
    lines = [f"**{markdown(name)}** {markdown(first.title)}".strip(), ""]
    if first.description:
        lines += [markdown(first.description[:_MAX_TEXT]), ""]
    lines += ["| Package or place | Severity | What to do | Why |", "| --- | --- | --- | --- |"]
    for finding in findings[:_ROWS]:
        first_evidence = finding.evidence[0] if finding.evidence else None
        why = (first_evidence.comparison or first_evidence.note) if first_evidence else ""
        cells = (_where(finding), finding.severity.value, step(finding), why)
        lines.append("| " + " | ".join(map(markdown, cells)) + " |")
    if len(findings) > _ROWS:
        lines += ["", f"and {len(findings) - _ROWS} more places"]
    return "\n".join([*lines, "", *(f"- <{url}>" for url in urls[:10])])


def _where(finding: Finding) -> str:
    return f"{finding.package_name} {finding.package_version}".strip() or about(finding)
