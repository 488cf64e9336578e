"""
Say what shell runs in each RUN of a Dockerfile: its commands, in text, exec form and here-documents.

A RUN under ONBUILD counts as one. Where the shell is none of the POSIX family (``SHELL`` of
PowerShell or cmd, or hadolint's comment ``shell=``) or a here-document is for another program, no commands are told, and of very long text
only the first: ``understood`` is False. Source: https://docs.docker.com/reference/dockerfile/#run, #shell and #here-documents.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.dockerfile.reading import Mount, mounts_of
from pratique.formats.dockerfile.shell import MAX_CHARS, Command, commands_of
from pratique.formats.dockerfile.stages import Stage, Values
from pratique.formats.dockerfile.tree import Comment, Dockerfile, Folded, Heredoc, Instruction, Word

POSIX = frozenset({"sh", "bash", "ash", "dash", "ksh", "mksh", "zsh", "busybox"})
"""Shells whose text is understood."""
_ONLY_MARK = re.compile(r"\d*<<-?\s*(\"[^\"]*\"|'[^']*'|\S+)")
_SHELL = re.compile(r"(?:hadolint|pratique)\s+shell\s*=\s*([\w./\\-]{1,100})(?:\s+#.*)?")
_SHEBANG = re.compile(rb"#!\s*\S*?([a-z]++)(?:[ \t]++(\w++))?+[^\n]*+\n")


class Run(Struct, frozen=True, kw_only=True):
    """
    One RUN.

    ``instruction`` is the RUN itself, under ONBUILD the trigger (``onbuild`` True). ``shell`` is
    the program that reads it (``/bin/sh``), with its options in ``shell_options``; empty for the
    exec form. ``values`` are ARG and ENV there. ``stage`` is its stage's index, -1 before the first
    FROM.
    """

    instruction: Instruction
    commands: tuple[Command, ...]
    stage: int
    shell: str = "/bin/sh"
    shell_options: tuple[str, ...] = ("-c",)
    values: Values = {}
    mounts: tuple[Mount, ...] = ()
    onbuild: bool = False
    understood: bool = True

    @property
    def shell_name(self) -> str:
        """Return the base name of the shell, in lower case, without ``.exe``."""
        return _name(self.shell)

    def cached(self, path: str) -> bool:
        """Return whether a mount (cache or tmpfs) lies over a path or a folder above it."""
        for mount in self.mounts:
            options = mount.options
            target = options.get("target") or options.get("dst") or options.get("destination") or ""
            if mount.type in ("cache", "tmpfs") and target:
                target = target.rstrip("/")
                if path == target or path.startswith(f"{target}/"):
                    return True
        return False


def runs_of(file: Dockerfile, stages: tuple[Stage, ...]) -> tuple[Run, ...]:
    """Return every RUN in order of the stages."""
    found: list[Run] = []
    shells: list[tuple[str, ...]] = []
    default = ("cmd", "/S", "/C") if file.escape == "`" else ("/bin/sh", "-c")
    told = _told(file)
    for stage in stages:
        shell = shells[stage.parent] if stage.parent is not None else default
        for one, values in zip(stage.instructions, stage.scopes, strict=True):
            taken = one.trigger or one
            shell = told.get(one.span.start, shell)
            if taken.keyword == "SHELL" and taken.json:
                shell = tuple(word.value for word in taken.json)
            elif taken.keyword == "RUN":
                found.append(_run(file.content, one, shell, stage.index, values))
        shells.append(shell)
    return tuple(found)


def _told(file: Dockerfile) -> dict[int, tuple[str, ...]]:
    """Return the shells that comments name (``# hadolint shell=powershell``), by what follows."""
    found: dict[int, tuple[str, ...]] = {}
    shell = ""
    for piece in file.pieces:
        if isinstance(piece, Comment) and (said := _SHELL.fullmatch(piece.text)):
            shell = said[1]
        elif isinstance(piece, Instruction) and shell:
            found[piece.span.start] = (shell, "-c")
            shell = ""
    return found


def _run(
    content: bytes, one: Instruction, shell: tuple[str, ...], stage: int, values: Values
) -> Run:
    taken = one.trigger or one
    posix = _name(shell[0]) in POSIX
    if taken.json is not None:
        commands, understood, shell = _exec(taken.json), True, ("",)
    else:
        commands = commands_of(taken.arguments) if posix else ()
        bodies = [_body(content, taken, heredoc) for heredoc in one.heredocs]
        texts = (taken.arguments, *filter(None, bodies))
        whole = all(len(one.text) <= MAX_CHARS for one in texts)
        understood = posix and whole and None not in bodies
        if posix:
            inside = (commands_of(body) for body in bodies if body is not None)
            commands = (*commands, *(each for body in inside for each in body))
    return Run(
        instruction=taken,
        commands=commands,
        stage=stage,
        shell=shell[0],
        shell_options=shell[1:],
        values=values,
        mounts=mounts_of(taken),
        onbuild=one.trigger is not None,
        understood=understood,
    )


def _exec(words: tuple[Word, ...]) -> tuple[Command, ...]:
    """Return the command of an exec form; of ``["sh", "-c", "…"]`` what the shell gets is no text."""
    return (Command(words=words),) if words else ()


def _body(content: bytes, one: Instruction, heredoc: Heredoc) -> Folded | None:
    """Return a here-document as shell text, None where another program reads it."""
    body = heredoc.body.of(content)
    text = one.text.strip()
    if _ONLY_MARK.fullmatch(text):
        shebang = _SHEBANG.match(body)
        known = shebang is None or bool({shebang[1].decode(), (shebang[2] or b"").decode()} & POSIX)
    else:
        known = _reader(one) in POSIX
    if not known:
        return None
    return Folded(body.decode("utf-8", "surrogateescape"), ((0, heredoc.body.start),))


def _reader(one: Instruction) -> str:
    """Return the program whose input the here-document is."""
    fed: Iterator[Command] = (each for each in commands_of(one.arguments) if "<<" in each.reads)
    found = next(fed, None)
    return found.program if found else ""


def _name(shell: str) -> str:
    return re.split(r"[/\\]", shell)[-1].lower().removesuffix(".exe")
