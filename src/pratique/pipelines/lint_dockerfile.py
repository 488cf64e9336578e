"""
Run every check of Dockerfiles over one file.

What a build would refuse is a blocking Unknown: the checks saw what could be read. A check that
gives up is a coverage Unknown in its name, and the others stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from msgspec import Struct

from pratique.checks.dockerfile.interface import Check, Scene, Settings
from pratique.checks.interface import Described
from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.tree import Comment, Directive, Dockerfile, Instruction
from pratique.formats.ignore.inline import Pragma, Reach, read_check, read_comment
from pratique.kit import registry
from pratique.model.errors import FormatError
from pratique.model.fault import Fault
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.lint_looking import Looked, hits_of

MOST_INSTRUCTIONS = 5_000
"""Instructions of a file that is looked at: forty times what an image can have layers."""
_NO_SETTINGS = Settings()


class Around(Struct, frozen=True, kw_only=True):
    """
    What is known around a Dockerfile.

    ``ignored`` are the lines of its .dockerignore, ``context`` the names of the files beside it, None
    where nobody looked. ``shellcheck`` is that program, empty where it is not to be asked;
    ``pedantic`` wants its remarks on style too. ``arguments`` are the build arguments.
    """

    ignored: tuple[str, ...] = ()
    context: tuple[str, ...] | None = None
    shellcheck: str = ""
    pedantic: bool = False
    arguments: Mapping[str, str] = {}


_NOTHING = Around()


def checks(*, pedantic: bool) -> Mapping[str, Check]:
    """Return the checks by name; those that are pedantic only where they are wanted."""
    found = cast("Mapping[str, Check]", registry.load("checks.dockerfile"))
    return {n: one for n, one in found.items() if pedantic or not getattr(one, "PEDANTIC", False)}


def look_at(
    content: bytes,
    name: str,
    wanted: Mapping[str, Check],
    settings: Settings = _NO_SETTINGS,
    around: Around = _NOTHING,
) -> Looked:
    """Return what the checks say of a Dockerfile, and shellcheck of its RUNs where it is there."""
    try:
        file = parse(content)
        scene = Scene(
            file=file,
            name=name,
            settings=settings,
            ignored=around.ignored,
            context=around.context,
            arguments=around.arguments,
        )
        if not file.instructions:
            return _refused(name, "it holds no instruction")
        if len(file.instructions) > MOST_INSTRUCTIONS:
            return _refused(name, f"it holds more than {MOST_INSTRUCTIONS} instructions")
        _ = scene.runs
    except FormatError as error:
        return _refused(name, str(error))
    unknowns: list[Unknown] = [
        _unknown(f"{name}:{one.line}", "parser", one.message, Weight.BLOCKING)
        for one in file.problems
    ]
    unknowns += _unread(scene)
    found = list(_faults(scene, wanted, unknowns))
    if around.shellcheck and scene.runs:
        found += _shell(scene, around, unknowns)
    return Looked(
        hits=hits_of(found, name, content),
        unknowns=tuple(unknowns),
        pragmas=tuple(pragmas_of(file)),
        outline=tuple(_outline(file)),
    )


def pragmas_of(file: Dockerfile) -> Iterator[Pragma]:
    """Yield the comments that silence checks, with the lines that each reaches."""
    waiting: list[Pragma] = []
    froms = [one.line for one in file.instructions if one.keyword == "FROM"]
    for piece in file.pieces:
        if isinstance(piece, Directive) and piece.name == "check":
            yield from filter(None, (read_check(piece.value, piece.line),))
        elif isinstance(piece, Comment):
            said = read_comment(piece.text, piece.line)
            if said is not None and said.reach is Reach.NEXT:
                waiting.append(said)
            elif said is not None:
                yield _reaching(said, froms)
        elif isinstance(piece, Instruction):
            inside = (read_comment(one.text, one.line) for one in piece.comments)
            for said in (*waiting, *filter(None, inside)):
                if said.reach is Reach.NEXT:
                    yield _between(said, piece.line, piece.end_line)
                else:
                    yield _reaching(said, froms)
            waiting = []


def _reaching(said: Pragma, froms: list[int]) -> Pragma:
    """Return a comment for a stage or the file with its lines."""
    if said.reach is Reach.FILE:
        return said
    after = [line for line in froms if line > said.line]
    if not after:
        return _between(said, 0, 0)
    return _between(said, after[0], after[1] - 1 if len(after) > 1 else said.last)


def _between(said: Pragma, first: int, last: int) -> Pragma:
    from msgspec.structs import replace  # only where there is a comment

    return replace(said, first=first, last=last)


def _faults(
    scene: Scene, wanted: Mapping[str, Check], unknowns: list[Unknown]
) -> Iterator[tuple[Described, Fault]]:
    for name, check in wanted.items():
        try:
            faults: Iterable[Fault] = tuple(check.look(scene))
        except FormatError as error:
            unknowns.append(_unknown(scene.name, name, str(error), Weight.COVERAGE))
            continue
        for fault in faults:
            yield check, fault


def _unread(scene: Scene) -> Iterator[Unknown]:
    """Yield one Unknown for all the RUNs whose commands nobody read."""
    lines = [str(one.instruction.line) for one in scene.runs if not one.understood]
    if lines:
        more = ", …" if len(lines) > 5 else ""
        reason = (
            f"the commands of {len(lines)} RUN are not read in full (line {', '.join(lines[:5])}"
            f"{more}): another shell, a here-document for another program, or too long"
        )
        yield _unknown(f"{scene.name}:{lines[0]}", "shell", reason, Weight.COVERAGE)


def _shell(scene: Scene, around: Around, unknowns: list[Unknown]) -> list[tuple[Described, Fault]]:
    from pratique.pipelines.check_shell import look_at_shell  # only where shellcheck is installed

    try:
        return list(look_at_shell(scene, around.shellcheck, pedantic=around.pedantic))
    except FormatError as error:
        unknowns.append(_unknown(scene.name, "shellcheck", str(error), Weight.COVERAGE))
        return []


def _outline(file: Dockerfile) -> Iterator[tuple[int, int, str]]:
    for piece in file.pieces:
        if isinstance(piece, Instruction):
            said = f"{piece.keyword} {[(f.name, f.value) for f in piece.flags]} {piece.text}"
            bodies = (each.body.of(file.content).hex() for each in piece.heredocs)
            yield piece.span.start, piece.span.end, " ".join((said, *bodies))


def _refused(name: str, reason: str) -> Looked:
    return Looked(unknowns=(_unknown(name, "parser", reason, Weight.BLOCKING),))


def _unknown(location: str, unit: str, reason: str, weight: Weight) -> Unknown:
    return Unknown(stage=Stage.SOURCE, unit=unit, location=location, reason=reason, weight=weight)
