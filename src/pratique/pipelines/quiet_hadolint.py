"""
Write comments at places that are right and that hadolint tells all the same, each with its reason.

For pipelines that count what hadolint says, and only where somebody asks: a comment is no fix.
Laws: only comments are written, so every instruction stays as it was, which is looked at anew; a
comment that stands directly above is made longer, since hadolint heeds the last one only; a second
run writes nothing. Where several checks misread one instruction it gets one comment.

Source: hadolint's README, "Ignoring Rules".
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from pratique.checks.dockerfile.interface import Check, Misread, Scene
from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.tree import Comment, Dockerfile, Instruction, Piece
from pratique.formats.edits import apply_edits
from pratique.formats.ignore.inline import Pragma, Reach, read_comment
from pratique.model.edit import Edit
from pratique.model.errors import FormatError

_NAMES = re.compile(rb"ignore\s*=\s*[\w.:-]+(?:\s*,\s*[\w.:-]+)*")


class Quieted(Struct, frozen=True, kw_only=True):
    """The file with its comments, and how many instructions got one."""

    content: bytes
    instructions: int = 0


def quieted(
    content: bytes, checks: Mapping[str, Check], arguments: Mapping[str, str] = {}
) -> Quieted:
    """Return a Dockerfile, built with ``arguments``, with a comment wherever hadolint misreads it."""
    try:
        file = parse(content)
        found = _misread(Scene(file=file, arguments=arguments), checks)
    except FormatError:
        return Quieted(content=content)
    edits = [
        _edit(file, above, piece, found[piece.span.start])
        for above, piece in pairwise((None, *file.pieces))
        if isinstance(piece, Instruction) and piece.span.start in found
    ]
    if not edits:
        return Quieted(content=content)
    changed = apply_edits(content, edits)
    if _meaning(parse(changed)) != _meaning(file):
        return Quieted(content=content)
    return Quieted(content=changed, instructions=len(edits))


def _misread(scene: Scene, checks: Mapping[str, Check]) -> Mapping[int, tuple[Misread, ...]]:
    """Return what no comment silences yet, by where its instruction begins; one of each rule."""
    said: dict[int, dict[str, Misread]] = {}
    for check in checks.values():
        tell = getattr(check, "misread", None)
        for one in tell(scene) if tell else ():
            home = _home(scene.file, one)
            if home is not None and one.code not in _silenced(scene.file, home):
                said.setdefault(home.span.start, {}).setdefault(one.code, one)
    return {start: tuple(by_code.values()) for start, by_code in said.items()}


def _home(file: Dockerfile, one: Misread) -> Instruction | None:
    inside = (each for each in file.instructions if each.span.start <= one.start < each.span.end)
    return next(inside, None)


def _silenced(file: Dockerfile, home: Instruction) -> frozenset[str]:
    """Return the rules that comments directly above an instruction, or for the file, name."""
    names: set[str] = set()
    for piece, said in _pragmas(file):
        if said.reach is Reach.FILE or (
            said.reach is Reach.NEXT and piece.span.end == home.span.start
        ):
            names.update(said.names)
    return frozenset(names)


def _pragmas(file: Dockerfile) -> Iterator[tuple[Comment, Pragma]]:
    for piece in file.pieces:
        said = read_comment(piece.text, piece.line) if isinstance(piece, Comment) else None
        if said is not None and said.tool == "hadolint" and isinstance(piece, Comment):
            yield piece, said


def _edit(
    file: Dockerfile, above: Piece | None, one: Instruction, misread: tuple[Misread, ...]
) -> Edit:
    codes = ",".join(each.code for each in misread)
    if isinstance(above, Comment) and (said := read_comment(above.text, above.line)):
        names = _NAMES.search(above.span.of(file.content))
        if said.tool == "hadolint" and said.reach is Reach.NEXT and names:
            at = above.span.start + names.end()
            return Edit("", at, at, f",{codes}".encode())
    reason = "; ".join(_plain(each.reason) for each in misread)
    line = one.span.of(file.content)
    feed = "\r\n" if line.partition(b"\n")[0].endswith(b"\r") else "\n"
    indent = line[: len(line) - len(line.lstrip(b" \t"))].decode()
    comment = f"{indent}# hadolint ignore={codes} # {reason}{feed}"
    return Edit("", one.span.start, one.span.start, comment.encode("utf-8", "surrogateescape"))


def _plain(reason: str) -> str:
    """Return a reason as text of one line, whatever the file put into it."""
    return "".join(letter if letter.isprintable() else "?" for letter in reason)[:200]


def _meaning(file: Dockerfile) -> list[bytes]:
    return [one.span.of(file.content) for one in file.instructions]
