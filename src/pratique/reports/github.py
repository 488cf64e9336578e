"""
Render a report as workflow commands, which GitHub Actions shows as annotations of the run.

GitHub shows ten errors, ten warnings and ten notices of a step, so there is one line for each
upgrade and flaw that nothing ends, the worst first, and the rest is counted. A finding in a folder
names its file; an image has no file to point at. Law: one command a line, whatever the names say.
Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions; escapes as
in actions/toolkit, packages/core/src/command.ts.
"""

from collections.abc import Sequence

from msgspec import Struct

from pratique.formats.text import printable
from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Report, Subject
from pratique.model.severity import Severity
from pratique.model.verdict import Answer, Verdict
from pratique.reports._places import CONTRABAND, about, repository_file, told
from pratique.reports._sentences import by_severity, fix_words, gaps, package_words, plural
from pratique.reports._steps import step
from pratique.reports._summary import Counts, counted, summarise
from pratique.reports._suppressed import suppressed_words
from pratique.reports._upgrades import Upgrade, every_upgrade
from pratique.reports._verdict import headline, judged_by, reason_words
from pratique.reports.interface import Style

NAME = "github"
MEDIA_TYPE = "text/plain; charset=utf-8"
SUFFIX = ".txt"

_SHOWN = 9
"""Annotations of one level: GitHub shows ten, and the last one counts the rest."""
_LEVELS = ("error", "warning", "notice")
_TITLE_CHARS = 120
_TEXT_CHARS = 1000


class _Note(Struct, frozen=True):
    """One annotation."""

    level: str
    title: str
    text: str
    file: str = ""
    line: int = 0


def render(report: Report, style: Style) -> bytes:
    """Return the commands, one a line."""
    notes = _verdict(report)
    for subject in report.subjects:
        notes += _subject(subject, report)
    lines = []
    for level in _LEVELS:
        of_level = [note for note in notes if note.level == level]
        lines += [_line(note) for note in of_level[:_SHOWN]]
        if len(of_level) > _SHOWN:
            more = f"{len(of_level) - _SHOWN} more: see another format of this report"
            lines.append(_line(_Note(level, "pratique", more)))
    return "".join(f"{line}\n" for line in lines).encode()


def escaped_data(text: str) -> str:
    """
    Return a message as a workflow command holds it.

    >>> escaped_data("100%\\nsure")
    '100%25%0Asure'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """
    Return the value of a property as a workflow command holds it.

    >>> escaped_property("a:b,c")
    'a%3Ab%2Cc'
    """
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")


def _line(note: _Note) -> str:
    line = str(note.line) if note.line > 0 else ""
    properties = {"file": note.file, "line": line, "title": note.title}
    shown = ",".join(
        f"{name}={escaped_property(printable(value)[:_TITLE_CHARS])}"
        for name, value in properties.items()
        if value
    )
    return f"::{note.level} {shown}::{escaped_data(printable(note.text)[:_TEXT_CHARS])}"


def _verdict(report: Report) -> list[_Note]:
    judged = [(subject, subject.verdict) for subject in report.subjects if subject.verdict]
    if judged:
        return [note for subject, verdict in judged for note in _reasons(subject, verdict)]
    if report.outcome not in ("fail", "undecided"):
        return []
    words = "; ".join(report.reasons) or "not everything could be read"
    return [_Note("error", f"pratique: {report.outcome}", words)]


def _reasons(subject: Subject, verdict: Verdict) -> list[_Note]:
    """Return one annotation for each reason of a verdict, at the level of what it speaks for."""
    name = (subject.image.name if subject.image else "") or subject.target
    levels = {Answer.ALLOW: "notice", Answer.WARN: "warning"}
    level = levels.get(verdict.answer, "error")
    head = _Note(
        level, f"{verdict.answer.value}: {name}", f"{headline(verdict)}: {judged_by(verdict)}"
    )
    return [head] + [
        _Note(
            levels.get(reason.answer, "error"),
            f"{reason.answer.value}: {reason.rule}",
            reason_words(reason),
        )
        for reason in verdict.reasons
    ]


def _subject(subject: Subject, report: Report) -> list[_Note]:
    name = (subject.image.name if subject.image else "") or subject.target
    live = counted(subject)
    notes = [_Note("warning", f"{name}: not looked at", line) for line in gaps(subject, report)]
    notes += [
        _other(finding, subject, name)
        for finding in subject.findings
        if finding.kind is not FindingKind.VULNERABILITY and not finding.suppressed
    ]
    upgrades = every_upgrade(live, subject.packages)
    notes += [_upgrade(upgrade, subject, name) for upgrade in upgrades]
    notes += [_unfixed(finding, subject, name) for finding in _without_upgrade(live)]
    return [*notes, _Note("notice", name, _summary(subject, report))]


def _other(finding: Finding, subject: Subject, name: str) -> _Note:
    """Return what no advisory speaks of; contraband is an error however mild its grade."""
    level = _level(Counts(**{finding.severity.value: 1}))
    file = repository_file(finding.location, subject)
    grave = finding.kind in (*CONTRABAND, FindingKind.END_OF_LIFE)
    return _Note(
        "error" if grave else level,
        f"{finding.kind.value}: {name}",
        f"{about(finding)}: {told(finding)}; {step(finding)}",
        file,
        finding.line if file else 0,
    )


def _upgrade(upgrade: Upgrade, subject: Subject, name: str) -> _Note:
    target = " or ".join(upgrade.fixes) or f"with {upgrade.offer} {' or '.join(upgrade.paid)}"
    worst = ", ".join(words for _, words in by_severity(upgrade.flaws))
    words = [f"upgrade {upgrade.name} {upgrade.installed} to {target}: {worst}"]
    words += ["known to be exploited"] if upgrade.exploited else []
    words += [f"in {upgrade.places[0]}"] if upgrade.places else []
    place = upgrade.places[0] if upgrade.places else ""
    title = f"{upgrade.name} {upgrade.installed} in {name}"
    level = "error" if upgrade.exploited else _level(upgrade.flaws)
    return _Note(level, title, ", ".join(words), repository_file(place, subject))


def _unfixed(finding: Finding, subject: Subject, name: str) -> _Note:
    package = f"{finding.package_name} {finding.package_version}"
    title = f"{finding.rule} in {name}"
    text = f"{package}: {finding.title or finding.rule}; {fix_words(finding.fix.state)}"
    level = _level(Counts(**{finding.severity.value: 1}))
    return _Note(level, title, text, repository_file(finding.location, subject))


def _without_upgrade(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that nothing ends and that are bad, each flaw once a package."""
    return [
        finding
        for finding in findings
        if finding.kind is FindingKind.VULNERABILITY
        and not finding.fix.version
        and finding.severity.rank >= Severity.MEDIUM.rank
    ]


def _level(flaws: Counts) -> str:
    if flaws.critical or flaws.high:
        return "error"
    return "warning" if flaws.medium or flaws.unknown else "notice"


def _summary(subject: Subject, report: Report) -> str:
    summary = summarise(subject, report)
    parts = [package_words(subject.packages)]
    if report.scanned:
        worst = ", ".join(words for _, words in by_severity(summary.severities))
        parts.append(f"{plural(summary.findings, 'finding')}{f' ({worst})' if worst else ''}")
        parts.append(f"{summary.fixable} fixable")
    away = suppressed_words(subject.findings)
    return "; ".join([*parts, *([f"suppressed: {away}"] if away else [])])
