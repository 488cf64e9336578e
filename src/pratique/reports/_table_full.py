"""
List every finding of a subject, worst first, nothing cut: a line that is too long is wrapped.
"""

from collections.abc import Sequence

from pratique.formats.text import columns, fitted, padded, printable
from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Subject
from pratique.reports import _blocks, _others
from pratique.reports._ansi import Ink
from pratique.reports._places import about, told
from pratique.reports._sentences import fix_step, fix_words
from pratique.reports._subjects import is_of_language
from pratique.reports._summary import counted
from pratique.reports._suppressed import suppressed_counts
from pratique.reports.interface import Style

_GRADE_WIDTH = 10
_LEAST_FACTS = 36
"""Columns that the longest name of a flaw leaves to the rest of its line."""
_TITLE_FROM = 120
"""Columns from which there is room for the title of a finding."""


def every_finding(subject: Subject, style: Style, paint: Ink) -> list[str]:
    """Return the upgrades and layers in full, then every finding, then the suppressed ones."""
    live = counted(subject)
    lines = _others.contraband(live, style, paint)
    lines += _blocks.urgent(subject, live, style, paint, len(live) + 4)
    lines += _blocks.by_layer(subject, live, style, paint, len(live))
    lines += listed("ALL FINDINGS", live, style, paint)
    return [*lines, *suppressed(subject, style, paint)]


def suppressed(subject: Subject, style: Style, paint: Ink) -> list[str]:
    """Return the findings that do not count, by whose word that is, each with the reason."""
    lines: list[str] = []
    for who, words in suppressed_counts(subject.findings):
        own = [one for one in subject.findings if one.suppressed and one.suppressed_by is who]
        lines += listed(f"SUPPRESSED  {words}", own, style, paint)
    return lines


def listed(title: str, findings: Sequence[Finding], style: Style, paint: Ink) -> list[str]:
    """Return findings one by one below a title; nothing where there is none."""
    if not findings:
        return []
    id_width = min(24, max(columns(printable(finding.rule)) for finding in findings))
    lines = ["", paint(title, "strong")]
    for finding in findings:
        lines += _finding(finding, id_width, style, paint)
    return lines


def _finding(finding: Finding, id_width: int, style: Style, paint: Ink) -> list[str]:
    grade = padded(finding.severity.value, _GRADE_WIDTH)
    rule = fitted(printable(finding.rule), style.width - _LEAST_FACTS)
    label = padded(rule, id_width)
    indent = " " * (2 + _GRADE_WIDTH + 2)
    lead = f"  {grade}  {label}  "
    first, *more = _blocks.wrapped(_facts(finding, style), style.width, lead, indent)
    head = f"  {paint(grade, finding.severity)}  {paint(label, 'strong')}  "
    lines = [head + first[len(lead) :], *more]
    if finding.suppressed:
        lines += _blocks.wrapped(printable(finding.suppressed), style.width, indent, indent)
    if style.width >= _TITLE_FROM and finding.title and finding.kind is FindingKind.VULNERABILITY:
        lines.append(paint(fitted(indent + printable(finding.title), style.width), "faint"))
    return lines


def _facts(finding: Finding, style: Style) -> str:
    if finding.kind is not FindingKind.VULNERABILITY and not finding.fix.version:
        return f"{about(finding)}: {told(finding)}"  # no upgrade ends it
    parts = [about(finding), printable(finding.package_version)]
    fix = finding.fix
    parts.append(f"→ {printable(fix_step(fix))}" if fix.version else f"({fix_words(fix.state)})")
    if finding.exploited:
        parts.append("EXPLOITED")
    if finding.in_use:
        parts.append("IN USE")
    if finding.epss and finding.epss.probability >= 0.1:
        parts.append(f"EPSS {finding.epss.probability:.0%}")
    if is_of_language(finding.package) and finding.location:
        parts.append(f"in {printable(finding.location)}")
    return " ".join(part for part in parts if part)
