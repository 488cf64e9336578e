"""
Remove compilers and headers that only the build needed, in the step that installed them.

Only where no later step can need them: each later RUN is looked at for programs that compile. What
is removed in another layer than it came with would still ship, so that is never proposed.
"""

import re
from collections.abc import Iterable, Sequence

from pratique.formats.dockerfile.tree import Instruction
from pratique.formats.shell_commands import commands
from pratique.model.package import OS_TYPES, Package, PackageType
from pratique.remedies._places import appended
from pratique.remedies._versions import is_plain
from pratique.remedies.interface import Breaks, Change, Situation

NAME = "drop-build-packages"
TITLE = "Remove packages that only the build needs"

_BUILD_ONLY = re.compile(
    r"(?:gcc|g\+\+|clang|make|cmake|binutils|build-base|build-essential|autoconf|automake|libtool|"
    r"musl-dev|linux-headers|pkgconf|pkg-config|dpkg-dev|rust|cargo|.+-dev|.+-devel|.+-headers)"
)
_NEEDS_THEM = frozenset(
    {"pip", "pip3", "npm", "yarn", "pnpm", "gem", "bundle", "cargo", "go", "make", "cmake", "gcc"}
    | {"cc", "g++", "python", "python3", "poetry", "uv", "mvn", "gradle", "configure", "setup.py"}
)
_REMOVERS = {
    "apk": (PackageType.APK, "apk del --no-cache {names}"),
    "apt-get": (PackageType.DEB, "apt-get purge -y --auto-remove {names}"),
    "apt": (PackageType.DEB, "apt-get purge -y --auto-remove {names}"),
}


def propose(situation: Situation) -> Iterable[Change]:
    """Return one change for each RUN of the last stage that leaves build packages behind."""
    if not situation.chain:
        return
    instructions = situation.chain[-1].instructions
    installed = {p.name: p for p in situation.subject.packages if p.type in OS_TYPES}
    for at, run in enumerate(instructions):
        if run.keyword != "RUN" or _is_needed(instructions[at + 1 :]):
            continue
        for program, names in _installs(run):
            packages = [installed[name] for name in names if name in installed]
            yield from _change(situation, run, program, packages)


def _change(
    situation: Situation, run: Instruction, program: str, packages: Sequence[Package]
) -> Iterable[Change]:
    kind, command = _REMOVERS[program]
    wanted = [
        one
        for one in packages
        if one.type is kind and is_plain(one) and _BUILD_ONLY.fullmatch(one.name)
    ]
    if not wanted:
        return
    names = " ".join(sorted({one.name for one in wanted}))
    edit = appended(situation, run, command.format(names=names))
    yield Change(
        remedy=NAME,
        what=f"Remove {names} where the build is done",
        why="Nothing that runs needs compilers and headers; whoever gets in does.",
        breaks=Breaks.MINOR,
        line=run.line,
        edits=(edit,) if edit else (),
        commands=() if edit else (command.format(names=names),),
        notes=("A separate build stage keeps them out altogether.",),
        removes=tuple(one.key for one in wanted),
        unsure=("Packages that came along with them may go as well.",),
    )


def _installs(run: Instruction) -> list[tuple[str, list[str]]]:
    """Return the package managers that a RUN installs with, none where it cleans up already."""
    found: list[tuple[str, list[str]]] = []
    for one in commands(run.text):
        words = [word for word in one.arguments if not word.startswith("-")]
        if one.program not in _REMOVERS or not words:
            continue
        if words[0] in ("del", "purge", "remove", "autoremove"):
            return []
        if words[0] in ("add", "install"):
            names = [re.split(r"[=<>~@]", word, maxsplit=1)[0] for word in words[1:]]
            found.append((one.program, names))
    return found


def _is_needed(later: Iterable[Instruction]) -> bool:
    """Return whether a later step may compile something."""
    return any(
        command.program in _NEEDS_THEM
        for one in later
        if one.keyword in ("RUN", "ONBUILD")
        for command in commands(one.text)
    )
