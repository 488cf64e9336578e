"""
Parse a Dockerfile into its lossless tree.

Law: every input up to ``MAX_BYTES`` gives a tree whose pieces cover it exactly; what a build would
refuse becomes a ``Problem`` with its place, and reading goes on. Time and memory grow with the size
of the file only.
"""

import re

from pratique.formats.dockerfile._lines import BYTE_ORDER_MARK, Line, continued, lines_of
from pratique.formats.dockerfile.directives import ESCAPES, directives_of
from pratique.formats.dockerfile.heredocs import TAKERS, announced, read_heredocs
from pratique.formats.dockerfile.json_form import json_of
from pratique.formats.dockerfile.tree import (
    Blank,
    Comment,
    Dockerfile,
    Flag,
    Folded,
    Heredoc,
    Instruction,
    Piece,
    Problem,
    Span,
)
from pratique.formats.dockerfile.words import words_of
from pratique.model.errors import LimitExceeded

MAX_BYTES = 4 << 20
"""The largest Dockerfile that is read; BuildKit itself refuses more than this."""

KEYWORDS = frozenset(
    {"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"}
    | {"MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
)
_WITH_JSON = frozenset(
    {"ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME", "HEALTHCHECK"}
)
_MAY_BE_EMPTY = frozenset({"CMD", "ENTRYPOINT"})
_KEYWORD = re.compile(r"\S+")
_ENCODING = ("utf-8", "surrogateescape")
_STEP = 256
"""Characters between two known places of a line that is not ASCII."""


def parse(content: bytes) -> Dockerfile:
    """
    Return the tree of a Dockerfile.

    Raises:
        LimitExceeded: it is larger than ``MAX_BYTES``.

    >>> [one.keyword for one in parse(b"FROM scratch\\nrun a \\\\\\n  b\\n").instructions]
    ['FROM', 'RUN']
    """
    if len(content) > MAX_BYTES:
        raise LimitExceeded(f"a Dockerfile of {len(content)} bytes is larger than {MAX_BYTES}")
    reading = _Reading(content)
    reading.run()
    return Dockerfile(
        content=content,
        pieces=tuple(reading.pieces),
        problems=tuple(reading.problems),
        escape=reading.escape,
    )


class _Reading:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pieces: list[Piece] = []
        self.escape = "\\"
        begin = len(BYTE_ORDER_MARK) if content.startswith(BYTE_ORDER_MARK) else 0
        if begin:
            self.pieces.append(Blank(Span(0, begin), 1))
        self.lines = lines_of(content, begin)
        directives, self.problems = directives_of(self.lines)
        self.pieces += directives
        chosen = [d.value for d in directives if d.name == "escape" and d.value in ESCAPES]
        if chosen:
            self.escape = chosen[0]
        self.at = len(directives)

    def run(self) -> None:
        """Read all lines after the directives."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.is_blank:
                self.pieces.append(Blank(Span(line.start, line.next), line.number))
                self.at += 1
            elif line.is_comment:
                self.pieces.append(_comment(line))
                self.at += 1
            else:
                self.pieces.append(self._instruction())

    def _instruction(self) -> Piece:
        first = self.at
        gathered = _Gathered()
        self._gather(gathered)
        start, number = self.lines[first].start, self.lines[first].number
        folded = gathered.folded()
        if not folded.text.strip():
            return Blank(Span(start, self.lines[self.at - 1].next), number)
        one = self._built(folded, number)
        taker = one.trigger or one
        heredocs: tuple[Heredoc, ...] = ()
        if taker.keyword in TAKERS and taker.json is None:
            wanted = announced(taker.arguments, self.escape)
            heredocs, self.at = read_heredocs(wanted, self.lines, self.at)
        last = self.lines[self.at - 1]
        whole = _Frame(
            span=Span(start, last.next), end_line=last.number, gathered=gathered, heredocs=heredocs
        )
        for heredoc in heredocs:
            if not heredoc.closed:
                message = f"the here-document {heredoc.name[:40]} is not closed"
                self._report("unterminated-heredoc", message, heredoc.span, heredoc.line)
        return whole.around(one)

    def _gather(self, gathered: "_Gathered") -> None:
        """Take the lines of one instruction, without its here-documents."""
        escape = self.escape.encode()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if gathered.begun and line.is_comment:
                gathered.comments.append(_comment(line))
                continue
            if gathered.begun and line.is_blank:
                gathered.empty_lines.append(line.number)
                continue
            # The first line loses its indentation, the others keep it.
            skip = 0 if gathered.begun else line.indent
            cut = continued(line.text, escape)
            gathered.add(line.start + skip, line.text[skip : cut if cut >= 0 else None])
            if cut < 0:
                return

    def _built(self, folded: Folded, line: int, inside: bool = False) -> Instruction:
        """Return the instruction that a text says, its span yet to be widened."""
        text = folded.text
        match = _KEYWORD.search(text)
        end = match.end() if match else 0
        start = match.start() if match else 0
        keyword = text[start:end].upper()
        flags, at = _flags(folded, end, self.escape)
        stop = len(text.rstrip())
        arguments = folded.cut(at, max(at, stop))
        span = folded.span(start, max(end, stop))
        self._check(keyword, arguments.text, span, line)
        trigger = None
        if keyword == "ONBUILD" and arguments.text:
            if inside:
                self._report("nested-onbuild", "ONBUILD inside ONBUILD", span, line)
            else:
                trigger = self._built(arguments, line, inside=True)
        return Instruction(
            span=span,
            line=line,
            end_line=line,
            keyword=keyword,
            keyword_span=folded.span(start, end),
            arguments=arguments,
            flags=flags,
            json=json_of(_exec_part(keyword, arguments)) if keyword in _WITH_JSON else None,
            trigger=trigger,
        )

    def _check(self, keyword: str, arguments: str, span: Span, line: int) -> None:
        if keyword not in KEYWORDS:
            message = f"there is no instruction {keyword[:40]}"
            self._report("unknown-instruction", message, span, line)
        elif not arguments and keyword not in _MAY_BE_EMPTY:
            self._report("missing-argument", f"{keyword} needs an argument", span, line)

    def _report(self, rule: str, message: str, span: Span, line: int) -> None:
        self.problems.append(Problem(rule=rule, message=message, span=span, line=line))


class _Gathered:
    """The lines of one instruction as they are collected."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.seams: list[tuple[int, int]] = []
        self.length = 0
        self.begun = False
        self.comments: list[Comment] = []
        self.empty_lines: list[int] = []

    def add(self, byte: int, content: bytes) -> None:
        """Append what one line says."""
        text = content.decode(*_ENCODING)
        step = max(len(text), 1) if text.isascii() else _STEP
        for at in range(0, max(len(text), 1), step):
            part = text[at : at + step]
            self.seams.append((self.length, byte))
            self.parts.append(part)
            self.length += len(part)
            byte += len(part.encode(*_ENCODING))
        self.begun = True

    def folded(self) -> Folded:
        """Return all of it, joined; of lines that add nothing the last place counts."""
        seams = dict(self.seams)
        return Folded("".join(self.parts), tuple(seams.items()))


class _Frame:
    """What an instruction gets once all its lines are known."""

    def __init__(
        self, *, span: Span, end_line: int, gathered: _Gathered, heredocs: tuple[Heredoc, ...]
    ) -> None:
        self.span = span
        self.end_line = end_line
        self.gathered = gathered
        self.heredocs = heredocs

    def around(self, one: Instruction) -> Instruction:
        """Return the instruction with its true span, its here-documents and its comments."""
        trigger = one.trigger and self.around(one.trigger)
        return Instruction(
            span=self.span,
            line=one.line,
            end_line=self.end_line,
            keyword=one.keyword,
            keyword_span=one.keyword_span,
            arguments=one.arguments,
            flags=one.flags,
            json=one.json,
            heredocs=self.heredocs,
            comments=tuple(self.gathered.comments),
            trigger=trigger,
            empty_lines=tuple(self.gathered.empty_lines),
        )


def _flags(folded: Folded, at: int, escape: str) -> tuple[tuple[Flag, ...], int]:
    """Return the flags from an offset on, and where the arguments begin."""
    text = folded.text
    found: list[Flag] = []
    at = _after_space(text, at)
    while text.startswith("--", at):
        (word, *_) = words_of(folded.cut(at, _word_end(text, at, escape)), escape)
        at = _after_space(text, at + len(word.raw))
        if word.raw == "--":
            break
        name, equals, value = word.value[2:].partition("=")
        found.append(Flag(name, value if equals else None, word.span))
    return tuple(found), at


def _word_end(text: str, at: int, escape: str) -> int:
    """Return where the word at an offset ends at the latest: quotes may reach over white space."""
    quote = ""
    while at < len(text):
        char = text[at]
        if char == escape and quote != "'":
            at += 1
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char.isspace():
            break
        at += 1
    return min(at, len(text))


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _exec_part(keyword: str, arguments: Folded) -> Folded:
    """Return the part that may be a list: for HEALTHCHECK what follows CMD."""
    if keyword != "HEALTHCHECK":
        return arguments
    match = re.match(r"CMD\s+", arguments.text, re.IGNORECASE)
    at = match.end() if match else len(arguments.text)
    return arguments.cut(at, len(arguments.text))


def _comment(line: Line) -> Comment:
    text = line.text.strip().removeprefix(b"#").strip()
    return Comment(Span(line.start, line.next), line.number, text.decode(*_ENCODING))
