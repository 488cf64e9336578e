"""
Draw what a watch sees on a terminal: containers, what was told last, how fast events come.

``lines`` is pure: the same state gives the same lines, none wider than the terminal, no more than
fit. ``Screen`` writes them over each other on the terminal's second screen and gives the first one
back at the end. Every text of a container is made harmless before it is drawn.
"""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TextIO

from msgspec import Struct

from pratique.detections.telling import place
from pratique.formats.text import fitted, padded, printable
from pratique.model.alert import Alert, Incident, Priority
from pratique.pipelines.watch_tally import Counted

MIN_WIDTH, MIN_HEIGHT = 40, 10
_NAME, _IMAGE, _VERDICT, _NUMBER = 24, 32, 10, 9
_TITLE = "latest first"
_SECOND = 1_000_000_000
_RED, _YELLOW, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"
_ENTER, _LEAVE, _HOME, _CLEAR_LINE, _CLEAR_REST = (
    "\x1b[?1049h\x1b[?25l",
    "\x1b[?25h\x1b[?1049l",
    "\x1b[H",
    "\x1b[K",
    "\x1b[J",
)


class View(Struct, frozen=True, kw_only=True):
    """What is drawn; ``rate`` is events a second, ``notes`` what a person should know of the sensor."""

    node: str
    sensor: str
    seconds: float
    rate: float
    events: int
    filtered: int
    lost: int
    alerts: int
    incidents: int
    rules: int
    workloads: Sequence[Counted]
    latest: Sequence[Alert | Incident]
    notes: Sequence[str] = ()


def lines(view: View, width: int, height: int) -> list[str]:
    """Return the lines of the screen, without colour."""
    width, height = max(width, MIN_WIDTH), max(height, MIN_HEIGHT)
    head = [
        f"pratique watch  {printable(view.node)}  {printable(view.sensor)}  {_span(view.seconds)}",
        _counts(view),
        *(f"! {printable(note)}" for note in view.notes[:2]),
        "",
    ]
    room = height - len(head)
    below = min(len(view.latest) + 1, max(room // 2, room - len(view.workloads) - 1))
    table = _table(view.workloads, width, room - below - 1)
    told = _latest(view.latest, below)
    shown = [*head, *table, "", *told]
    return [fitted(line, width) for line in shown[:height]]


def coloured(line: str, told: Alert | Incident | None) -> str:
    """Return a line of something told in the colour of its priority."""
    if told is None:
        return line
    rank = told.priority.rank
    if rank <= Priority.ERROR.rank:
        return f"{_RED}{line}{_PLAIN}"
    return f"{_YELLOW}{line}{_PLAIN}" if rank == Priority.WARNING.rank else line


class Screen:
    """The terminal of one watch; use as a context manager."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self._stream = stream
        self._colour = colour

    def __enter__(self) -> "Screen":
        """Take the terminal's second screen."""
        self._stream.write(_ENTER)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the first one back."""
        self._stream.write(_LEAVE)
        self._stream.flush()

    def draw(self, view: View) -> None:
        """Write the state over what was there."""
        size = shutil.get_terminal_size((80, 24))
        drawn = lines(view, size.columns, size.lines - 1)
        newest = list(reversed(view.latest))
        first = len(drawn) - min(len(newest), _told_lines(drawn))
        out = [_HOME]
        for at, line in enumerate(drawn):
            told = newest[at - first] if at >= first and at - first < len(newest) else None
            shown = coloured(line, told) if self._colour else line
            out.append(f"{_BOLD}{shown}{_PLAIN}" if at == 0 and self._colour else shown)
            out.append(_CLEAR_LINE + "\r\n")
        self._stream.write("".join(out) + _CLEAR_REST)
        self._stream.flush()


def _told_lines(drawn: Sequence[str]) -> int:
    """Return how many of the last lines are about something told."""
    for at in range(len(drawn) - 1, -1, -1):
        if drawn[at].startswith(_TITLE):
            return len(drawn) - at - 1
    return 0


def _counts(view: View) -> str:
    held = f"  {_short(view.filtered)} held back in the kernel" if view.filtered else ""
    return (
        f"{_short(view.rate)} events/s  {_short(view.events)} seen{held}  "
        f"{_short(view.lost)} lost  {view.alerts} alerts  {view.incidents} incidents  "
        f"{view.rules} rules"
    )


def _table(workloads: Sequence[Counted], width: int, room: int) -> list[str]:
    wide = width >= _NAME + _IMAGE + _VERDICT + 2 * _NUMBER + 8
    rows = [_row("container", "image", "verdict", "events", "alerts", wide=wide)]
    shown = workloads[: max(room - 1, 1)]
    for one in shown:
        workload = one.workload
        name = "(the node)" if workload is None else workload.name or workload.id[:12] or "(?)"
        image = "" if workload is None else workload.image or workload.digest
        known = workload.facts if workload is not None else None
        verdict = "" if workload is None else (known.verdict if known else "") or "not judged"
        row = _row(name, image, verdict, _short(one.events), _short(one.alerts), wide=wide)
        rows.append(row)
    if len(workloads) > len(shown) and room > 1:
        rows[-1] = f"and {len(workloads) - len(shown) + 1} more"
    return rows


def _row(name: str, image: str, verdict: str, events: str, alerts: str, *, wide: bool) -> str:
    cells = [padded(fitted(printable(name), _NAME), _NAME)]
    if wide:
        cells.append(padded(fitted(printable(image), _IMAGE), _IMAGE))
    cells.append(padded(fitted(printable(verdict), _VERDICT), _VERDICT))
    return "  ".join([*cells, f"{events:>{_NUMBER}}", f"{alerts:>{_NUMBER}}"])


def _latest(latest: Sequence[Alert | Incident], room: int) -> list[str]:
    if not latest:
        return ["nothing told yet; this is what a quiet node looks like"]
    shown = [_told(one) for one in reversed(latest)]
    return [_TITLE, *shown[: max(room - 1, 1)]]


def _told(told: Alert | Incident) -> str:
    if isinstance(told, Incident):
        at, words, count = told.first_ns, told.title, len(told.story) + told.dropped
    else:
        at, words, count = told.time_ns, told.output, told.count
    clock = datetime.fromtimestamp(at // _SECOND, UTC).strftime("%H:%M:%S")
    many = f" ×{count}" if count > 1 else ""
    return printable(
        f"{clock}  {told.priority.value:<8}  {told.rule}{many}  {place(told.workload)}: {words}"
    )


def _span(seconds: float) -> str:
    """
    Return a time in words.

    >>> _span(3725)
    '1:02:05'
    """
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _short(number: float) -> str:
    """
    Return a number that fits a column.

    >>> _short(950), _short(12_345), _short(7_800_000)
    ('950', '12.3k', '7.8M')
    """
    if number < 10_000:
        return f"{number:.0f}"
    if number < 1_000_000:
        return f"{number / 1000:.1f}k"
    return f"{number / 1_000_000:.1f}M"
