"""
Write into a Dockerfile: new lines after an instruction, words replaced, more commands in a RUN.

Line ends are those of the file.
"""

from collections.abc import Sequence

from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Dockerfile, Instruction
from pratique.model.edit import Edit
from pratique.remedies.interface import Situation

ROOTS = frozenset({"", "0", "root"})


def line_end(file: Dockerfile) -> bytes:
    """Return how lines of the file end."""
    return b"\r\n" if b"\r\n" in file.content else b"\n"


def after(situation: Situation, one: Instruction, lines: Sequence[str]) -> Edit:
    """Return the edit that puts lines below an instruction."""
    file = _file(situation)
    end = line_end(file)
    text = b"".join(line.encode() + end for line in lines)
    if not file.content[: one.span.end].endswith(b"\n"):
        text = end + text.removesuffix(end)
    return Edit(situation.name, one.span.end, one.span.end, text)


def before(situation: Situation, one: Instruction, lines: Sequence[str]) -> Edit:
    """Return the edit that puts lines above an instruction."""
    end = line_end(_file(situation))
    text = b"".join(line.encode() + end for line in lines)
    return Edit(situation.name, one.span.start, one.span.start, text)


def appended(situation: Situation, run: Instruction, command: str) -> Edit | None:
    """Return the edit that adds a command to a RUN in shell form, None where that is not safe."""
    if run.keyword != "RUN" or run.json is not None or run.heredocs or not run.text:
        return None
    if "#" in run.text or run.text.rstrip().endswith(("&", ";", "|", "\\")):
        return None
    at = run.arguments.span(0, len(run.text.rstrip())).end
    escape = _file(situation).escape
    end = line_end(_file(situation)).decode()
    return Edit(situation.name, at, at, f" {escape}{end}    && {command}".encode())


def user_at(situation: Situation, stage: Stage, one: Instruction | None) -> str:
    """
    Return the user that is in force in a stage after an instruction; None means at its beginning.

    Where no USER came before, the image's own user is not known to be another one than root.
    """
    user = ""
    for earlier in situation.chain:
        if earlier.index < stage.index:
            user = _last_user(earlier.instructions, user)
    seen: list[Instruction] = []
    for instruction in stage.instructions if one is not None else ():
        seen.append(instruction)
        if instruction is one:
            break
    return _last_user(seen, user)


def is_root(user: str) -> bool:
    """
    Return whether a USER is root, as far as its text says.

    >>> is_root("0:0"), is_root("app"), is_root("")
    (True, False, True)
    """
    return user.partition(":")[0].strip("\"'") in ROOTS


def as_root(user: str, lines: Sequence[str]) -> list[str]:
    """Return lines that run as root, between USER lines where another user is in force."""
    return list(lines) if is_root(user) else ["USER root", *lines, f"USER {user}"]


def _last_user(instructions: Sequence[Instruction], user: str) -> str:
    for one in instructions:
        if one.keyword == "USER":
            user = one.text.strip()
    return user


def _file(situation: Situation) -> Dockerfile:
    if situation.dockerfile is None:
        raise ValueError("there is no Dockerfile to write into")
    return situation.dockerfile
