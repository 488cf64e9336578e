r"""
Put other images in place of those that a Dockerfile is built on.

Law: only the words that name an image change: in FROM where it names no stage, and in ``--from=`` of
COPY and ADD. An image is meant as it is written or as it is once its variables are known.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.stages import Stage, stages_of
from pratique.formats.dockerfile.tree import Instruction, Span
from pratique.formats.edits import apply_edits
from pratique.model.edit import Edit


class Rebased(Struct, frozen=True, kw_only=True):
    """The bytes with other images; ``used`` are those of the given names that the file has."""

    content: bytes
    used: tuple[str, ...] = ()


def rebase(content: bytes, bases: Mapping[str, str], arguments: Mapping[str, str] = {}) -> Rebased:
    r"""
    Return a Dockerfile on other bases; ``arguments`` are what it is built with.

    Raises:
        FormatError: the file cannot be read.

    >>> rebase(b"ARG V=12\nFROM debian:$V\n", {"debian:12": "localhost/b"}).content
    b'ARG V=12\nFROM localhost/b\n'
    """
    file = parse(content)
    found = [one for stage in stages_of(file, arguments) for one in _named(stage)]
    edits, used = [], set()
    for span, start, names in found:
        name = next((each for each in names if each in bases), None)
        if name is not None:
            used.add(name)
            text = f"{start}{bases[name]}".encode()
            edits.append(Edit("", span.start, span.end, text))
    return Rebased(content=apply_edits(content, edits), used=tuple(sorted(used)))


def _named(stage: Stage) -> Iterator[tuple[Span, str, tuple[str, ...]]]:
    """Yield where a stage names an image: the span, what stays before it, and what it is called."""
    if stage.parent is None:
        word = stage.base.image
        yield word.span, "", (word.raw, stage.image)
    for one in stage.instructions:
        yield from _copied(one)


def _copied(one: Instruction) -> Iterator[tuple[Span, str, tuple[str, ...]]]:
    for flag in one.flags if one.keyword in ("COPY", "ADD") else ():
        if flag.name == "from" and flag.value:
            yield flag.span, "--from=", (flag.value,)
