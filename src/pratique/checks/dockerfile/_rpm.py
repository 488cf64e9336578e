"""Tell what yum, dnf and zypper are asked to do: they differ in little but their names."""

import re
from collections.abc import Iterator

from msgspec import Struct

from pratique.checks.dockerfile._installs import (
    after,
    command_behind,
    is_open,
    option_behind,
    ships,
    told,
)
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.model.severity import Severity


class Manager(Struct, frozen=True, kw_only=True):
    """A package manager: its programs, the options by which it does not ask, where its cache is."""

    programs: tuple[str, ...]
    installs: frozenset[str]
    silent: tuple[str, ...]
    caches: tuple[str, ...]
    cleans: frozenset[str] = frozenset({"clean"})


_INSTALLS = frozenset({"install", "groupinstall", "localinstall", "reinstall"})
YUM = Manager(
    programs=("yum",),
    installs=_INSTALLS,
    silent=("-y", "--assumeyes"),
    caches=("/var/cache/yum",),
)
DNF = Manager(
    programs=("dnf", "dnf5", "microdnf", "tdnf"),
    installs=_INSTALLS,
    silent=("-y", "--assumeyes"),
    caches=("/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum", "/var/cache/tdnf"),
)
ZYPPER = Manager(
    programs=("zypper",),
    installs=frozenset({"install", "in", "patch", "remove", "rm", "source-install", "si"}),
    silent=("-n", "--non-interactive", "-y", "--no-confirm"),
    caches=("/var/cache/zypp",),
    cleans=frozenset({"clean", "cc"}),
)
_VERSIONED = re.compile(r"[<>=]|-[0-9]|^@|^\*?:")


def asking(scene: Scene, manager: Manager, option: str) -> Iterator[Fault]:
    """Yield installs that wait for an answer; ``option`` is put behind the verb."""
    for _, command, verb in told(scene, manager.programs, manager.installs):
        if not command.has(*manager.silent):
            yield scene.at_span(
                command.span,
                f"{command.program} {verb.value} waits for an answer that nobody gives",
                key=_key(command),
                edits=option_behind(scene, verb, option),
                remedy=f"add {option}",
            )


def uncleaned(scene: Scene, manager: Manager) -> Iterator[Fault]:
    """Yield one fault for each RUN that installs and leaves the cache in its layer."""
    seen: set[int] = set()
    for run, command, verb in told(scene, manager.programs, manager.installs):
        at = run.instruction.span.start
        if at in seen or _cleaned(run, manager):
            continue
        seen.add(at)
        last = _last(run, manager)
        clean = f"{last.program} clean{'' if last.program == 'zypper' else ' all'}"
        yield scene.at_span(
            command.span,
            f"what {command.program} {verb.value} downloads stays in the layer",
            key=_key(command),
            severity=None if ships(scene, run.stage) else Severity.NEGLIGIBLE,
            edits=command_behind(scene, run, last, clean),
            remedy=f"add {clean}",
        )


def unpinned(scene: Scene, manager: Manager) -> Iterator[Fault]:
    """Yield each package that is installed in whatever version there is."""
    for _, command, verb in told(scene, manager.programs, frozenset({"install", "in"})):
        for word in after(command, verb):
            if not is_open(word.value) and not _VERSIONED.search(word.value):
                yield scene.at_span(
                    word.span,
                    f"{word.value[:80]} is installed in whatever version there is",
                    key=word.value[:80],
                )


def _cleaned(run: Run, manager: Manager) -> bool:
    if all(run.cached(folder) for folder in manager.caches[:1]):
        return True
    for command in run.commands:
        if command.program in manager.programs and command.verb in manager.cleans:
            return True
        if command.program == "rm" and any(
            one.startswith(manager.caches) or one.rstrip("*/") == "/var/cache"
            for one in command.plain
        ):
            return True
    return False


def _last(run: Run, manager: Manager) -> Command:
    return [
        one
        for one in run.commands
        if one.program in manager.programs and not manager.installs.isdisjoint(one.plain[:3])
    ][-1]


def _key(command: Command) -> str:
    return " ".join(command.plain)[:80]
