"""
Lint what stands in an editor, saved or not, and say where each finding is and what mends it.

Only wiring: what is found and suppressed is ``lint_sources``'s, so an editor shows what `pratique lint`
would. Positions are those of the text: lines and columns from 0, columns in characters (code points).
A fix is offered where it was proved: made alone, the finding is gone and nothing new is found.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.edits import apply_edits
from pratique.model.edit import Edit
from pratique.model.errors import FormatError
from pratique.model.fault import FixClass
from pratique.model.finding import Finding
from pratique.model.unknown import Unknown, Weight
from pratique.pipelines.lint_files import KINDS, LintedFile, LintSettings, lint_sources
from pratique.pipelines.lint_find import Source, kind_of
from pratique.pipelines.lint_looking import Hit
from pratique.pipelines.suppress_findings import SuppressSettings

MOST_CHARS = 4 << 20


class Span(Struct, frozen=True, order=True):
    """Where something stands: from and to (exclusive), each a line and a column from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


class Change(Struct, frozen=True):
    """Put a text in place of a span."""

    span: Span
    text: str


class Problem(Struct, frozen=True, kw_only=True):
    """
    One finding in the text, or (``finding`` None) something that could not be understood.

    ``changes`` (``edits`` as bytes) mend it, empty where nothing is sure enough; ``remedy`` says what
    they do, ``fix`` how sure it is that they change nothing else.
    """

    span: Span
    message: str
    finding: Finding | None = None
    blocking: bool = False
    edits: tuple[Edit, ...] = ()
    changes: tuple[Change, ...] = ()
    remedy: str = ""
    fix: FixClass = FixClass.SAFE


class Buffer:
    """
    A text that is, or will be, saved at ``place``.

    Args:
        text: what the editor shows.
        place: where the file lies; what lies beside it (``.dockerignore``) counts.
        root: the folder that was opened, whose ignore files are heeded; None for none.
        now: when exceptions end.
        pedantic: run the checks that most people call noise too.
    """

    def __init__(
        self, text: str, place: Path, root: Path | None, now: datetime, *, pedantic: bool = False
    ) -> None:
        content = text.encode("utf-8", "surrogatepass")
        kind = kind_of(place.name, content)
        inside = root is not None and place.is_relative_to(root)
        self._source: Source | None = None
        if kind in KINDS and len(text) <= MOST_CHARS:
            name = str(place.relative_to(root)) if root is not None and inside else str(place)
            self._source = Source(name=name, place=place, kind=kind, content=content)
        suppress = SuppressSettings(folder=root)
        self._settings = LintSettings(paths=(), now=now, pedantic=pedantic, suppress=suppress)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """
        Return what is wrong, in the order of the text; none where lint knows no such file.

        Raises:
            UsageError: a settings or ignore file of the folder cannot be read.
        """
        if self._source is None:
            return ()
        linted = self._linted
        lines = _Lines(self._source.content or b"")
        told = (_not_understood(one, lines) for one in linted.subject.unknowns)
        hits = (_problem(one, lines) for one in linted.hits if not one.finding.suppressed)
        return tuple(sorted((*told, *hits), key=lambda one: (one.span, one.message)))

    def proves(self, problem: Problem) -> bool:
        """Return whether, with its changes alone made, it is gone and nothing new is found."""
        if self._source is None or not problem.edits or problem.finding is None:
            return False
        if any(edit.file != self._source.name for edit in problem.edits):
            return False
        try:
            after = apply_edits(self._source.content or b"", problem.edits)
        except FormatError:
            return False
        again = _lint(replace(self._source, content=after), self._settings)
        was, now = _told(self._linted), _told(again)
        gone = now[problem.finding.rule] < was[problem.finding.rule]
        worse = any(now[rule] > was[rule] for rule in now)
        fewer = len(again.subject.unknowns) <= len(self._linted.subject.unknowns)
        return gone and not worse and fewer

    def mended(self) -> str | None:
        """Return the text with every safe fix made and proved, None where there is none."""
        if self._source is None:
            return None
        fixes = frozenset({FixClass.SAFE})
        mended = _lint(self._source, replace(self._settings, fixes=fixes)).mended
        if mended is None or not mended.made:
            return None
        return mended.content.decode("utf-8", "surrogatepass")

    @cached_property
    def _linted(self) -> LintedFile:
        assert self._source is not None  # only asked where there is one
        return _lint(self._source, self._settings)


def _lint(source: Source, settings: LintSettings) -> LintedFile:
    return lint_sources((source,), settings).files[0]


def _told(linted: LintedFile) -> Counter[str]:
    return Counter(hit.finding.rule for hit in linted.hits if not hit.finding.suppressed)


def _not_understood(unknown: Unknown, lines: "_Lines") -> Problem:
    number = unknown.location.rpartition(":")[2]
    span = lines.whole(int(number) - 1 if number.isdecimal() else 0)
    return Problem(span=span, message=unknown.reason, blocking=unknown.weight is Weight.BLOCKING)


def _problem(hit: Hit, lines: "_Lines") -> Problem:
    fault = hit.fault
    span = lines.span(fault.start, fault.end) if fault.end else lines.whole(fault.line - 1)
    return Problem(
        span=span,
        message=f"{hit.finding.title}: {fault.note}",
        finding=hit.finding,
        edits=fault.edits,
        changes=lines.changes(fault.edits),
        remedy=fault.remedy or "mend it",
        fix=fault.fix,
    )


class _Lines:
    """Turn bytes of a text into lines and columns."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        feeds = (at + 1 for at, byte in enumerate(content) if byte == 0x0A)
        self._starts: Sequence[int] = (0, *feeds)

    def span(self, start: int, end: int) -> Span:
        """Return the span between two bytes."""
        return Span(*self._at(start), *self._at(max(start, end)))

    def whole(self, line: int) -> Span:
        """Return the span of a line without what ends it; the last one where there is no such."""
        line = min(max(line, 0), len(self._starts) - 1)
        start = self._starts[line]
        text = self._content[start:].split(b"\n", 1)[0].rstrip(b"\r")
        return self.span(start, start + len(text))

    def changes(self, edits: Sequence[Edit]) -> tuple[Change, ...]:
        """Return edits as changes of the text."""
        return tuple(
            Change(self.span(one.start, one.end), one.text.decode("utf-8", "replace"))
            for one in edits
        )

    def _at(self, byte: int) -> tuple[int, int]:
        line = bisect_right(self._starts, byte) - 1
        before = self._content[self._starts[line] : byte]
        return line, len(before.decode("utf-8", "surrogatepass"))
