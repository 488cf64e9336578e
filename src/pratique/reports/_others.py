"""
Lay out the blocks of the table on what is no published flaw: contraband, configuration, licences.

Each returns finished lines, none wider than ``style.width``; cells are measured before they are
coloured.
"""

from collections.abc import Sequence

from pratique.formats.text import columns, fitted, padded, printable
from pratique.model.finding import Finding, FindingKind
from pratique.model.severity import Severity
from pratique.reports._ansi import Ink
from pratique.reports._blocks import wrapped
from pratique.reports._places import (
    WEAKNESSES,
    about,
    contraband_in,
    detail,
    is_doubtful,
    place,
    told,
)
from pratique.reports._summary import of_kinds
from pratique.reports.interface import Style

_CONTRABAND_SHOWN = 5
_SETTINGS_SHOWN = 4
_RULE_WIDTH = 24
_GRADE_WIDTH = 10


def contraband(findings: Sequence[Finding], style: Style, paint: Ink) -> list[str]:
    """Return malware, secrets and signs of tampering, gravest kind first, folded to a few; the sure ones first."""
    found = contraband_in(findings)
    most = max(2, min(_CONTRABAND_SHOWN, style.height // 8))
    shown = found if style.full else found[:most]
    lines = [line for finding in shown for line in _alert(finding, style, paint)]
    if len(found) > len(shown):
        lines.append(f"  … {len(found) - len(shown)} more: --full")
    return ["", *lines] if lines else []


def settings(findings: Sequence[Finding], style: Style, paint: Ink, rows: int) -> list[str]:
    """
    Return what the image's configuration and its licences ask for, folded to ``rows`` lines.

    The mild ones are only counted: they stand in the list of all findings.
    """
    found = of_kinds(findings, FindingKind.CONFIG, FindingKind.LICENCE)
    room = max(1, min(_SETTINGS_SHOWN, rows - 3))
    why = "and licences (pratique explain RULE)"
    return _graded(found, ("CONFIGURATION", why), style, paint, room)


def weaknesses(findings: Sequence[Finding], style: Style, paint: Ink) -> list[str]:
    """Return what tools of others found in the application itself, worst first, folded to a few."""
    found = of_kinds(findings, *WEAKNESSES)
    why = "its code, and what it does when it runs"
    return _graded(found, ("APPLICATION", why), style, paint, max(3, style.height // 6))


def _graded(
    found: Sequence[Finding], title: tuple[str, str], style: Style, paint: Ink, room: int
) -> list[str]:
    """Return a block of one line each; the mild ones only in a full report."""
    worth = [one for one in found if one.severity.rank >= Severity.MEDIUM.rank]
    shown = found if style.full else worth[:room]
    if not shown:
        return []
    why = fitted(title[1], style.width - len(title[0]) - 2)
    lines = ["", f"{paint(title[0], 'strong')}  {paint(why, 'faint')}"]
    rules = [fitted(printable(one.rule), _RULE_WIDTH) for one in shown]
    width = max(map(columns, rules))
    for finding, rule in zip(shown, rules, strict=True):
        grade = padded(finding.severity.value, _GRADE_WIDTH)
        left = 2 + _GRADE_WIDTH + 2 + width + 2
        facts = fitted(_facts(finding), style.width - left)
        lines.append(f"  {paint(grade, finding.severity)}  {padded(rule, width)}  {facts}")
    if len(found) > len(shown):
        lines.append(f"  … {len(found) - len(shown)} more: --full")
    return lines


def _facts(finding: Finding) -> str:
    title = detail(finding) or printable(finding.title or finding.rule)
    owner = "" if finding.kind in WEAKNESSES else printable(finding.package_name)
    where = owner or place(finding)
    return f"{where}: {title}" if where else title


def _alert(finding: Finding, style: Style, paint: Ink) -> list[str]:
    label = f" {finding.kind.value.upper()} "
    words = f"{about(finding)}: {told(finding)}"
    if finding.kind is FindingKind.TAMPER:  # a rule of ours, which nobody knows by heart
        words += f" (pratique explain {printable(finding.rule)})"
    first, *more = wrapped(words, style.width, label + " ", "  ")
    if not style.full:
        first, more = fitted(f"{label} {words}", style.width), []
    look = "doubt badge" if is_doubtful(finding) else "bad badge"
    return [paint(label, look) + first[len(label) :], *more]
