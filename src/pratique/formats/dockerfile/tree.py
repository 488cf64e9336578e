"""
Describe a Dockerfile as a tree that loses nothing.

Laws: the pieces of a ``Dockerfile`` stand in order and cover every byte exactly once, so writing
them one after the other gives the file back; every span lies inside its piece. Positions are bytes
of the file, ``end`` exclusive; lines count from 1. Text is UTF-8, other bytes as surrogate escapes.

Source: https://docs.docker.com/reference/dockerfile/ and BuildKit's frontend, which is what builds
these files.
"""

from bisect import bisect_right

from msgspec import Struct

_ENCODING = ("utf-8", "surrogateescape")


class Span(Struct, frozen=True, order=True, gc=False):
    """A range of bytes, ``end`` exclusive."""

    start: int
    end: int

    def of(self, content: bytes) -> bytes:
        """Return the bytes it covers."""
        return content[self.start : self.end]


class Folded(Struct, frozen=True):
    """
    Text as BuildKit sees it once continuations are joined, and where each part stands.

    ``seams`` are pairs (offset in ``text``, byte of the file) in order, first of all (0, x): between
    two of them there is no gap. Long parts that are not ASCII have more than they need, so that a
    place is found without looking at the whole part.
    """

    text: str
    seams: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int:
        """Return the byte at which the character ``offset`` stands; the end for the last offset."""
        seam, byte = self.seams[bisect_right(self.seams, (offset, 1 << 62)) - 1]
        if self.text.isascii():
            return byte + offset - seam
        return byte + len(self.text[seam:offset].encode(*_ENCODING))

    def span(self, start: int, end: int) -> Span:
        """Return the bytes from one offset to another; a gap at the end does not belong to it."""
        if end <= start:
            return Span(self.at(start), self.at(start))
        last = self.text[end - 1]
        return Span(self.at(start), self.at(end - 1) + len(last.encode(*_ENCODING)))

    def cut(self, start: int, end: int) -> "Folded":
        """Return a part of it."""
        first = bisect_right(self.seams, (start, 1 << 62))
        last = bisect_right(self.seams, (end - 1, 1 << 62))
        inside = ((at - start, byte) for at, byte in self.seams[first:last])
        return Folded(self.text[start:end], ((0, self.at(start)), *inside))


class Blank(Struct, frozen=True, gc=False):
    """White space between the other pieces; at the very beginning also a byte order mark."""

    span: Span
    line: int


class Comment(Struct, frozen=True, gc=False):
    """A line that begins with ``#``; ``text`` is what follows the mark, without outer space."""

    span: Span
    line: int
    text: str


class Directive(Struct, frozen=True, gc=False):
    """A parser directive (``# escape=`` …) at the beginning of the file; ``name`` in lower case."""

    span: Span
    line: int
    name: str
    value: str
    value_span: Span


class Word(Struct, frozen=True, gc=False):
    """
    A word between white space.

    ``raw`` is as written, continuations joined; ``value`` has its quotes and escapes taken away,
    variables not expanded. ``literal`` is True where a single quote keeps variables from expanding.
    """

    raw: str
    value: str
    span: Span
    literal: bool = False


class Flag(Struct, frozen=True, gc=False):
    """``--name=value`` before the arguments; ``value`` is None where there is no ``=``."""

    name: str
    value: str | None
    span: Span


class Heredoc(Struct, frozen=True, gc=False):
    """
    A here-document that an instruction announces.

    ``span`` reaches over its end mark and that line's end, ``body`` is what the build gets.
    ``expand`` False: its mark was quoted. ``chomp`` (``<<-``): leading tabs do not count.
    ``closed`` False: the file ended first.
    """

    name: str
    span: Span
    body: Span
    line: int
    expand: bool = True
    chomp: bool = False
    descriptor: str = ""
    closed: bool = True


class Instruction(Struct, frozen=True, kw_only=True):
    """
    One instruction with all its lines and here-documents.

    ``keyword`` is in upper case, ``arguments`` what follows it and its flags. ``json`` holds the
    strings of the exec form, None where it is not written as one. ``comments`` stand between its
    continued lines. ``trigger`` is the instruction inside ONBUILD. ``empty_lines`` are blank lines
    inside a continuation, which BuildKit warns of.
    """

    span: Span
    line: int
    end_line: int
    keyword: str
    keyword_span: Span
    arguments: Folded
    flags: tuple[Flag, ...] = ()
    json: tuple[Word, ...] | None = None
    heredocs: tuple[Heredoc, ...] = ()
    comments: tuple[Comment, ...] = ()
    trigger: "Instruction | None" = None
    empty_lines: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """Return the arguments as BuildKit sees them, continuations joined."""
        return self.arguments.text

    def flag(self, name: str) -> str | None:
        """Return the value of the last flag of that name, None without."""
        return next((f.value or "" for f in reversed(self.flags) if f.name == name), None)


Piece = Blank | Comment | Directive | Instruction


class Problem(Struct, frozen=True, kw_only=True):
    """Something that a build would refuse; the rest of the file is read all the same."""

    rule: str
    message: str
    span: Span
    line: int


class Dockerfile(Struct, frozen=True, kw_only=True):
    """A whole file: its bytes, the pieces that cover them, and what is wrong with it."""

    content: bytes
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()
    escape: str = "\\"

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """Return the instructions in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Instruction))

    @property
    def directives(self) -> dict[str, str]:
        """Return the parser directives by name."""
        return {p.name: p.value for p in self.pieces if isinstance(p, Directive)}

    def write(self) -> bytes:
        """Return the file, piece by piece: equal to ``content``."""
        return b"".join(piece.span.of(self.content) for piece in self.pieces)
