"""
Draw the charts of the HTML report as SVG inside the page: bars with their numbers beside them.

Law: every number that a bar shows is written out too, and the whole chart is read out as one
sentence. Widths are attributes, not styles, which the page's security policy would refuse.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from pratique.model.finding import Finding, FindingKind, Part
from pratique.model.severity import Severity
from pratique.reports._html_text import text
from pratique.reports._places import PART_WORDS

_LABEL = 82
_BAR = 232
_ROW = 26
_WIDTH = 360
_AGES = ((30, "a month"), (90, "3 months"), (365, "a year"), (1095, "3 years"))
_OLDER = "older"


class Segment(Struct, frozen=True):
    """One piece of a bar: what it is called, its colour class and its number."""

    name: str
    fill: str
    number: int


class Bar(Struct, frozen=True):
    """One bar: its label and pieces."""

    label: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        """Return the sum of its pieces."""
        return sum(segment.number for segment in self.segments)


def charts(findings: Sequence[Finding], now: str) -> list[str]:
    """Return the charts of a subject's findings that count; nothing where there are none."""
    flaws = [one for one in findings if one.kind is FindingKind.VULNERABILITY]
    drawn = [chart("Findings by severity", by_severity_and_part(findings))] if findings else []
    if flaws:
        drawn.append(chart("Flaws with a fix", by_fix(flaws)))
        drawn.append(chart("Time since the flaws were published", by_age(flaws, now)))
    return (
        ['<div class="charts">', *(line for one in drawn for line in one), "</div>"]
        if drawn
        else []
    )


def chart(title: str, bars: Sequence[Bar]) -> list[str]:
    """Return one chart with its title and the meaning of its colours."""
    most = max((bar.total for bar in bars), default=0) or 1
    height = _ROW * len(bars)
    words = "; ".join(_spoken(bar) for bar in bars)
    lines = [
        f"<figure><figcaption>{text(title)}</figcaption>",
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{text(title)}: {text(words)}">',
    ]
    for place, bar in enumerate(bars):
        lines += _drawn(bar, place * _ROW, most)
    return [*lines, "</svg>", *_legend(bars), "</figure>"]


def by_severity_and_part(findings: Iterable[Finding]) -> list[Bar]:
    """Return a bar for each severity that occurs, in pieces by part where parts are known."""
    found = list(findings)
    parts = {one.part for one in found} - {Part.UNKNOWN}
    bars = []
    for severity in Severity:
        own = [one for one in found if one.severity is severity]
        if not own:
            continue
        pieces = [Segment("", f"fill-{severity.value}", len(own))]
        if parts:
            pieces = [
                Segment(name, fill, sum(one.part is part for one in own))
                for part, name, fill in (
                    (Part.BASE, PART_WORDS[Part.BASE], "fill-base"),
                    (Part.APP, PART_WORDS[Part.APP], "fill-app"),
                    (Part.UNKNOWN, PART_WORDS[Part.UNKNOWN], "fill-whole"),
                )
            ]
        bars.append(Bar(severity.value, tuple(pieces)))
    return bars


def by_fix(flaws: Iterable[Finding]) -> list[Bar]:
    """Return a bar for each severity that occurs, in pieces by what ends the flaws."""
    found = list(flaws)
    bars = []
    for severity in Severity:
        own = [one.fix for one in found if one.severity is severity]
        free = sum(1 for fix in own if fix.version and not fix.offer)
        paid = sum(1 for fix in own if fix.version and fix.offer)
        pieces = (
            Segment("fix for everybody", "fill-good", free),
            Segment("fix for customers", "fill-doubt", paid),
            Segment("no fix", "fill-none", len(own) - free - paid),
        )
        bars += [Bar(severity.value, pieces)] if own else []
    return bars


def by_age(flaws: Iterable[Finding], now: str) -> list[Bar]:
    """Return a bar for each span of time since publication; a flaw of many packages counts once."""
    first = {one.rule: one for one in reversed(list(flaws))}
    tally = dict.fromkeys([*(label for _, label in _AGES), _OLDER, "not known"], 0)
    for flaw in first.values():
        tally[_age(flaw.published, now)] += 1
    return [
        Bar(label, (Segment("", "fill-app", number),))
        for label, number in tally.items()
        if number or label != "not known"
    ]


def strip(widths: Sequence[tuple[int, str]]) -> list[str]:
    """Return a strip whose pieces are as wide as their numbers, each at least visible."""
    total = sum(number for number, _ in widths) or 1
    least = 4
    room = 1000 - least * len(widths)
    if room <= 0:
        return []
    lines = ['<svg viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true">']
    left = 0.0
    for number, fill in widths:
        width = least + room * number / total
        lines.append(
            f'<rect class="{fill}" x="{left:.1f}" y="0" width="{max(width - 2, 1):.1f}" height="22"/>'
        )
        left += width
    return [*lines, "</svg>"]


def share(number: int, most: int, fill: str) -> str:
    """Return a small bar for a table cell."""
    width = 100 * number / most if most > 0 else 0
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="fill-line" x="0" y="0" width="100" height="10"/>'
        f'<rect class="{fill}" x="0" y="0" width="{width:.1f}" height="10"/></svg>'
    )


def _drawn(bar: Bar, top: int, most: int) -> list[str]:
    lines = [f'<text x="0" y="{top + 17}">{text(bar.label)}</text>']
    left = float(_LABEL)
    for segment in bar.segments:
        width = _BAR * segment.number / most
        if segment.number:
            width = max(width, 2)
            lines.append(
                f'<rect class="{segment.fill}" x="{left:.1f}" y="{top + 5}" '
                f'width="{width:.1f}" height="16"/>'
            )
        left += width
    return [*lines, f'<text class="number" x="{left + 6:.1f}" y="{top + 17}">{bar.total}</text>']


def _legend(bars: Sequence[Bar]) -> list[str]:
    tally: dict[tuple[str, str], int] = {}
    for bar in bars:
        for piece in bar.segments:
            key = (piece.name, piece.fill)
            tally[key] = tally.get(key, 0) + piece.number
    named = [(name, fill, number) for (name, fill), number in tally.items() if name and number]
    if not named:
        return []
    square = '<svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="{}" x="0" y="0" width="10" height="10"/></svg>'
    words = (
        f"<span>{square.format(fill)}{number} {text(name)}</span>" for name, fill, number in named
    )
    return [f"<p>{''.join(words)}</p>"]


def _spoken(bar: Bar) -> str:
    pieces = [f"{one.number} {one.name}" for one in bar.segments if one.name and one.number]
    return f"{bar.label} {bar.total}" + (f" ({', '.join(pieces)})" if pieces else "")


def _age(published: str, now: str) -> str:
    try:
        days = (date.fromisoformat(now[:10]) - date.fromisoformat(published[:10])).days
    except ValueError:
        return "not known"
    return next((label for most, label in _AGES if days <= most), _OLDER)
