"""Recognise what package managers are told to do, and say how a command is changed."""

import re
from collections.abc import Iterator, Set

from pratique.checks.dockerfile.interface import Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.stages import chain_of
from pratique.formats.dockerfile.tree import Word
from pratique.model.edit import Edit

_GAP = re.compile(rb"(?:[ \t]|\\\r?\n)*")
_GOES_ON = re.compile(rb"&&|;(?!;)|\r?\n|\Z")


def told(
    scene: Scene, programs: tuple[str, ...], verbs: Set[str]
) -> Iterator[tuple[Run, Command, Word]]:
    """Yield the commands that tell a program to do one of the verbs, and the verb's word."""
    for run, command in scene.commands(*programs):
        word = verb_of(command, verbs)
        if word is not None:
            yield run, command, word


def verb_of(command: Command, verbs: Set[str]) -> Word | None:
    """Return the first of three plain arguments that is one of the verbs: options may come first."""
    return next((word for word in command.plain_words[:3] if word.value in verbs), None)


def after(command: Command, word: Word) -> tuple[Word, ...]:
    """Return the plain words behind a word of a command."""
    return tuple(one for one in command.plain_words if one.span.start > word.span.start)


def option_behind(scene: Scene, word: Word, option: str) -> tuple[Edit, ...]:
    """Return the edit that puts an option behind a word."""
    end = word.span.end
    return (Edit(scene.name, end, end, f" {option}".encode()),)


def command_behind(scene: Scene, run: Run, command: Command, text: str) -> tuple[Edit, ...]:
    """
    Return the edit that runs another command after this one; none where it is not sure.

    Sure is the end of the text, or what follows joins with ``&&`` or ``;``: a pipe, a redirection or
    an ``||`` would then belong to the new command.
    """
    if run.instruction.json is not None or command.depth:
        return ()
    last = run.instruction.arguments.span(0, len(run.instruction.text)).end
    end = command.span.end
    stop = last if end <= last else len(scene.file.content)
    gap = _GAP.match(scene.file.content, end, stop)
    at = gap.end() if gap else end
    if not _GOES_ON.match(scene.file.content[at : min(at + 3, stop)]):
        return ()
    return (Edit(scene.name, end, end, f" && {text}".encode()),)


def ships(scene: Scene, stage: int) -> bool:
    """Say whether what a stage writes is in the image that a build makes: the last stage's chain."""
    stages = scene.stages
    return bool(stages) and any(one.index == stage for one in chain_of(stages, stages[-1]))


def is_open(package: str) -> bool:
    """
    Say whether a word may stand for anything: it holds a variable, or names a file or an address.

    >>> [is_open(one) for one in ("curl", "$LIST", "./a.rpm", "https://x.example/a.rpm")]
    [False, True, True, True]
    """
    return "$" in package or "`" in package or "/" in package or package.endswith(".rpm")
