"""
Render findings one on a line, as compilers and linters do: ``place: severity: rule: words``.

Law: editors and terminals find the place at the start of the line; findings stand in the order of the
file, subjects in that of the report, then what was not understood, then a count. A finding without a
place has its subject there. Aliases follow in brackets, so that a name somebody knows is found.
"""

from collections import Counter
from collections.abc import Iterator

from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.report import Report, Subject
from pratique.model.severity import Severity
from pratique.reports._ansi import Ink, ink
from pratique.reports._places import detail, place, told
from pratique.reports.interface import Style

NAME = "lines"
MEDIA_TYPE = "text/plain; charset=utf-8"
SUFFIX = ".txt"


def render(report: Report, style: Style) -> bytes:
    """Return the lines; equal reports give equal bytes."""
    paint = ink(colour=style.colour)
    lines = [line for subject in report.subjects for line in _subject(subject, style, paint)]
    return "".join(f"{line}\n" for line in (*lines, *_count(report))).encode()


def _subject(subject: Subject, style: Style, paint: Ink) -> Iterator[str]:
    for finding in sorted(subject.findings, key=lambda one: (one.location, one.line, one.id)):
        if not finding.suppressed:
            yield f"{_head(subject, finding, paint)}{_words(finding)}"
        elif style.show_suppressed:
            why = f" [suppressed: {printable(finding.suppressed)}]"
            yield paint(
                f"{_head(subject, finding, ink(colour=False))}{_words(finding)}{why}", "faint"
            )
    for unknown in subject.unknowns:
        where = printable(unknown.location or subject.target)
        yield f"{where}: {paint('unknown', 'doubt')}: {printable(unknown.reason)}"


def _head(subject: Subject, finding: Finding, paint: Ink) -> str:
    where = place(finding) or printable(subject.target)
    grade = paint(finding.severity.value, finding.severity)
    return f"{where}: {grade}: {printable(finding.rule)}: "


def _words(finding: Finding) -> str:
    words = "; ".join(filter(None, (told(finding), detail(finding))))
    names = f" [{', '.join(map(printable, finding.names))}]" if finding.names else ""
    return words + names


def _count(report: Report) -> Iterator[str]:
    """Yield one line that says how much was found, also where it is nothing."""
    counted = Counter(
        "suppressed" if one.suppressed else one.severity.value
        for subject in report.subjects
        for one in subject.findings
    )
    number = sum(counted.values()) - counted["suppressed"]
    unknowns = sum(len(one.unknowns) for one in report.subjects)
    grades = [f"{counted[one.value]} {one.value}" for one in Severity if counted[one.value]]
    words = f"{number} finding{'s' if number != 1 else ''}"
    words += f" ({', '.join(grades)})" if grades else ""
    words += f", {counted['suppressed']} suppressed" if counted["suppressed"] else ""
    words += f", {unknowns} not understood" if unknowns else ""
    files = len(report.subjects)
    yield f"{words} in {files} file{'s' if files != 1 else ''}"
