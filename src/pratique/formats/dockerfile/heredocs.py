"""
Find the here-documents that an instruction announces, and read them from the lines below it.

RUN, COPY and ADD take them, also as the trigger of ONBUILD, several in one instruction, each read
after the other. Source: BuildKit, frontend/dockerfile/parser/parser.go (``ParseHeredoc``).
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from pratique.formats.dockerfile._lines import Line
from pratique.formats.dockerfile.tree import Folded, Heredoc, Span
from pratique.formats.dockerfile.words import words_of

TAKERS = frozenset({"RUN", "COPY", "ADD"})
_MARK = re.compile(r"(\d*)<<(-?)([^<\s]+)")


class Announced(Struct, frozen=True):
    """What ``<<-"EOF"`` says: the end mark, and how the body is to be read."""

    name: str
    expand: bool
    chomp: bool
    descriptor: str


def announced(folded: Folded, escape: str) -> tuple[Announced, ...]:
    """
    Return the here-documents that a text announces.

    >>> [(one.name, one.expand, one.chomp) for one in announced(Folded("<<A cat 3<<-'B'", ((0, 0),)), "x")]
    [('A', True, False), ('B', False, True)]
    """
    if "<<" not in folded.text:
        return ()
    found: list[Announced] = []
    for word in words_of(folded, escape):
        match = _MARK.fullmatch(word.raw)
        if match is None:
            continue
        inner = words_of(Folded(match[3], ((0, 0),)), escape)
        if len(inner) == 1 and inner[0].value:
            expand = inner[0].value == match[3]
            found.append(Announced(inner[0].value, expand, bool(match[2]), match[1]))
    return tuple(found)


def read_heredocs(
    wanted: Sequence[Announced], lines: Sequence[Line], at: int
) -> tuple[tuple[Heredoc, ...], int]:
    """Return the here-documents that stand from line index ``at`` on, and the index after them."""
    found: list[Heredoc] = []
    for one in wanted:
        heredoc, at = _read(one, lines, at)
        found.append(heredoc)
    return tuple(found), at


def _read(one: Announced, lines: Sequence[Line], at: int) -> tuple[Heredoc, int]:
    first = at
    mark = one.name.encode("utf-8", "surrogateescape")
    start = lines[at].start if at < len(lines) else lines[-1].next
    while at < len(lines) and _bare(lines[at], one.chomp) != mark:
        at += 1
    closed = at < len(lines)
    body_end = lines[at].start if closed else lines[-1].next
    heredoc = Heredoc(
        name=one.name,
        span=Span(start, lines[at].next if closed else body_end),
        body=Span(start, body_end),
        line=first + 1,
        expand=one.expand,
        chomp=one.chomp,
        descriptor=one.descriptor,
        closed=closed,
    )
    return heredoc, at + 1 if closed else at


def _bare(line: Line, chomp: bool) -> bytes:
    return line.text.lstrip(b"\t") if chomp else line.text
