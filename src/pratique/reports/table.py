"""
Render a report for a terminal: one screen, the most important line first.

From top to bottom: what was looked at; whether it is incomplete; the figures; what to fix now;
which layer brought it; how old the data are. ``full`` adds every finding. Law: what was not looked
at is said before any figure, and "nothing found" is only said of what was fully looked at. No
line is wider than the style says (longer ones are cut with an ellipsis, in ``full`` wrapped).
"""

import re
from collections import Counter

from msgspec.structs import replace

from pratique.formats.text import columns, fitted, printable
from pratique.model.finding import FindingKind, Part
from pratique.model.report import Report, Subject, SubjectKind
from pratique.reports import _blocks, _others, _table_full, _table_verdict
from pratique.reports._ansi import Ink, ink
from pratique.reports._places import CONTRABAND, KIND_WORDS, PART_WORDS, is_doubtful
from pratique.reports._sentences import (
    by_severity,
    checked_words,
    content_words,
    data_words,
    distro_words,
    gaps,
    plural,
    size,
    skipped_words,
    stale_words,
)
from pratique.reports._summary import Summary, counted, of_kinds, summarise
from pratique.reports._suppressed import suppressed_words
from pratique.reports.interface import Style

NAME = "table"
MEDIA_TYPE = "text/plain; charset=utf-8"
SUFFIX = ".txt"

_LEAST_ROWS = 14
"""Rows that one subject gets even if several then do not fit one screen."""
_FOLDED_ROWS = 2
_DIGEST = re.compile(r"(sha256:[0-9a-f]{12})[0-9a-f]{52}")
_GAPS_SHOWN = 5
_LEAST_WIDTH = 60
"""Columns below which the table is no longer squeezed."""


def render(report: Report, style: Style) -> bytes:
    """Return the text, UTF-8, ending in a newline."""
    style = replace(style, width=max(style.width, _LEAST_WIDTH))
    paint = ink(colour=style.colour)
    foot = [*_data_lines(report, style, paint), *_skipped_lines(report, style, paint)]
    verdict = _table_verdict.outcome(report, style, paint)
    free = style.height - 1 - len(foot) - len(verdict)
    rows = max(_LEAST_ROWS, free // max(1, len(report.subjects)) - 1)
    blocks = (_subject(subject, report, style, rows) for subject in report.subjects)
    lines = verdict + [line for block in blocks for line in (*block, "")] + foot
    while lines and not lines[-1]:
        lines.pop()
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _subject(subject: Subject, report: Report, style: Style, rows: int) -> list[str]:
    paint = ink(colour=style.colour)
    summary = summarise(subject, report)
    live = counted(subject)
    judged = _table_verdict.verdict(subject.verdict, style, paint) if subject.verdict else []
    top = [*judged, *_head(subject, style, paint), *_gap_lines(subject, report, style, paint)]
    if not report.scanned:
        return [*top, *_blocks.inventory(subject, style, paint, rows - len(top))]
    top += _figures(subject, report, style, paint)
    if style.full:
        return [*top, *_table_full.every_finding(subject, style, paint)]
    top += _others.contraband(live, style, paint)
    top += _others.weaknesses(live, style, paint)
    away = _suppressed(subject, style, paint)
    # Layers get the rows that the more important blocks leave at their smallest.
    waiting = len(_blocks.unfixed(live, style, paint, 0))
    least = len(_blocks.urgent(subject, live, style, paint, 0)) + waiting
    top += _others.settings(live, style, paint, rows - len(top) - least - _FOLDED_ROWS)
    rows -= 0 if style.show_suppressed else len(away)
    spare = rows - len(top) - least - _FOLDED_ROWS
    layers = _blocks.by_layer(subject, live, style, paint, spare)
    room = rows - len(top) - len(layers) - _FOLDED_ROWS
    now = _blocks.urgent(subject, live, style, paint, room - waiting)
    if len(live) <= room:
        each = _table_full.listed("ALL FINDINGS", live, style, paint)
        if len(now) + len(each) <= room + 2:
            return [*top, *now, *layers, *each, *_below(away)]
    later = _blocks.unfixed(live, style, paint, room - len(now))
    if _LEAST_ROWS < rows < len(top) + len(now) + len(later) + _FOLDED_ROWS:
        later = []  # no room, and they stand in the full list
    return [*top, *now, *later, *layers, *_folded(summary, away, paint)]


def _head(subject: Subject, style: Style, paint: Ink) -> list[str]:
    image = subject.image
    name = printable(image.name if image and image.name else subject.target)
    digest = (subject.digest or "")[:19]
    room = style.width - columns(digest) - 2
    first = fitted(name, max(room, 20))
    gap = " " * max(2, style.width - columns(first) - len(digest))
    facts = content_words(subject)
    if image:
        stored = sum(layer.blob.size_bytes for layer in image.layers)
        layers = plural(len(image.layers), "layer")
        facts[1:1] = [str(image.config.platform), f"{size(stored)}, {layers}"]
    lines = [paint(first, "strong") + gap + paint(digest, "faint")]
    lines += _blocks.side_by_side(
        [(printable(fact), "") for fact in facts if fact], " · ", style, paint
    )
    for finding in subject.findings:
        if finding.kind is FindingKind.END_OF_LIFE:
            # The name of the release stands in the line above.
            words = printable(finding.title or finding.rule)
            words = words.removeprefix(f"{distro_words(subject)}: ")
            label = " END OF LIFE "
            first, *more = _blocks.wrapped(words, style.width, label + " ", "  ")
            lines += [paint(label, "bad badge") + first[len(label) :], *more]
    return lines


def _gap_lines(subject: Subject, report: Report, style: Style, paint: Ink) -> list[str]:
    lines = gaps(subject, report)
    if not lines:
        return []
    shown = lines if style.full else lines[:_GAPS_SHOWN]
    what = plural(len(lines), "thing")
    verb = "was" if len(lines) == 1 else "were"
    head = f"{what} {verb} not looked at: there may be more than is shown"
    out = ["", f"{paint(' INCOMPLETE ', 'doubt badge')} {fitted(head, style.width - 13)}"]
    for line in shown:
        brief = line if style.full else _DIGEST.sub(r"\1", line)
        out += _blocks.wrapped(brief, style.width, "  ! ", "    ")
    if len(lines) > len(shown):
        out.append(f"  … {len(lines) - len(shown)} more: --full")
    return [*out[:2], *(paint(line, "doubt") for line in out[2:])]


def _figures(subject: Subject, report: Report, style: Style, paint: Ink) -> list[str]:
    summary = summarise(subject, report)
    if not summary.findings:
        return ["", *_nothing_found(subject, report, style, paint)]
    live = of_kinds(counted(subject), FindingKind.VULNERABILITY)
    flaws = plural(len({finding.rule for finding in live}), "flaw")
    packages = plural(len({f.package for f in live if f.package}), "package")
    facts = []
    if live:
        facts.append((f"{flaws} in {packages}", ""))
        facts.append((f"{summary.fixable} of {len(live)} fixable", ""))
    perhaps = Counter(finding.kind for finding in counted(subject) if is_doubtful(finding))
    facts += [
        (
            f"{words} ({perhaps[kind]} perhaps)" if perhaps[kind] else words,
            "bad" if kind in CONTRABAND and perhaps[kind] < summary.kinds[kind.value] else "",
        )
        for kind, words in _others_counted(summary)
    ]
    if summary.fixable_paid:
        facts.append(
            (f"{summary.fixable_paid} more with {printable(' or '.join(summary.offers))}", "")
        )
    if summary.exploited:
        facts.append((f"{summary.exploited} known to be exploited", "bad"))
    if at_work := sum(1 for finding in live if finding.in_use):
        facts.append((f"{at_work} in packages seen in use", "bad"))
    if summary.suppressed:
        facts.append((f"{summary.suppressed} suppressed", ""))
    grades = [(words, str(severity)) for severity, words in by_severity(summary.severities)]
    return [
        "",
        *_blocks.side_by_side(grades, "   ", style, paint),
        *_blocks.side_by_side(_split(summary), " · ", style, paint),
        *_blocks.side_by_side(facts, " · ", style, paint),
    ]


def _split(summary: Summary) -> list[tuple[str, str]]:
    """Return what each part of the image brought, where that is known: who has to act."""
    cells = []
    for part, counts in summary.parts.items():
        worst = ", ".join(words for _, words in by_severity(counts)[:2])
        cells.append((f"{PART_WORDS[Part(part)]} {counts.total} ({worst})", ""))
    return cells


def _others_counted(summary: Summary) -> list[tuple[FindingKind, str]]:
    """Return how many findings there are of each kind that is no published flaw."""
    numbers = [
        (kind, summary.kinds.get(kind.value, 0), words)
        for kind, words in KIND_WORDS.items()
        if kind is not FindingKind.VULNERABILITY
    ]
    return [(kind, f"{number} {words[number != 1]}") for kind, number, words in numbers if number]


def _nothing_found(subject: Subject, report: Report, style: Style, paint: Ink) -> list[str]:
    coverage = summarise(subject, report).coverage
    label, words, look = "No finding in what was looked at", "the rest may hold some", "doubt"
    if coverage == "complete":
        label, words, look = "No known flaw", checked_words(subject, report), "good"
        if any(finding.kind is FindingKind.END_OF_LIFE for finding in subject.findings):
            words, look = f"{words}; but after its end of life few are published", "doubt"
    elif coverage == "nothing to check":
        of_list = subject.kind is SubjectKind.SBOM
        what = "package is listed" if of_list else "package was found"
        label, words = "Nothing to check", f"no {what}, so no flaw could be"
    first, *rest = _blocks.wrapped(f"{label}: {words}", style.width, "", "  ")
    return [paint(label, look) + first[len(label) :], *rest]


def _suppressed(subject: Subject, style: Style, paint: Ink) -> list[str]:
    """Return the findings that do not count: how many and why, or each where that was asked for."""
    if style.show_suppressed:
        return _table_full.suppressed(subject, style, paint)
    words = suppressed_words(subject.findings)
    if not words:
        return []
    lines = _blocks.wrapped(f"Suppressed: {words}: --show-suppressed", style.width, "", "  ")
    return [paint(line, "faint") for line in lines]


def _below(lines: list[str]) -> list[str]:
    """Return lines after an empty one, where there are some and they bring none themselves."""
    return ["", *lines] if lines and lines[0] else lines


def _folded(summary: Summary, away: list[str], paint: Ink) -> list[str]:
    """Say how to see every finding, and what does not count."""
    if not summary.findings:
        return _below(away)
    every = paint(f"All {plural(summary.findings, 'finding')} one by one: --full", "faint")
    return ["", every, *away]


def _data_lines(report: Report, style: Style, paint: Ink) -> list[str]:
    if not report.scanned or all(one.kind is SubjectKind.FILE for one in report.subjects):
        return []
    lines = data_words(report.data, report.now)
    text = "Advisory data: " + ("; ".join(words for words, _ in lines) or "none")
    stale = any(old for _, old in lines)
    out = _blocks.wrapped(text, style.width, "", "  ")
    if stale:
        out += _blocks.wrapped(stale_words(report.data, report.now), style.width, "", "  ")
    return [paint(line, "doubt" if stale or not lines else "faint") for line in out]


def _skipped_lines(report: Report, style: Style, paint: Ink) -> list[str]:
    words = skipped_words(report.skipped)
    if not words:
        return []
    each = report.skipped if style.full else ()
    lines = _blocks.wrapped(words, style.width, "", "  ")
    lines += [f"  {fitted(printable(one), style.width - 2)}" for one in each]
    return [paint(line, "faint") for line in lines]
