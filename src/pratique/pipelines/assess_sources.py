"""
Have tools of others read the sources of a target, and make findings of what they say.

Laws: every tool that fits a file that is there is run or named with the line that installs it; a tool
that fails, takes too long or answers something else is an Unknown of the subject; so is whatever it
says it could not read, and source in a language that none of them reads.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

import pratique.assessors
from pratique.assessors.interface import Assessor, Surface, Work
from pratique.assessors.placing import LineOf, place_code
from pratique.kit import registry
from pratique.kit.selector import Selector
from pratique.model.finding import Finding
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.gather_sources import Sources
from pratique.pipelines.run_assessor import find_program, run_assessor
from pratique.reports._sentences import plural

WHOLE = "the application"
"""The location of what is no single file's fault."""
MOST_PROBLEMS = 20
_LINE_FILES = 64
DATA = str(Path(pratique.assessors.__file__).parent)


class Tools(Struct, frozen=True, kw_only=True):
    """
    Which tools may be used and where they are.

    ``folders`` come before PATH; ``only`` names those that were asked for, empty for all that fit.
    ``note`` and ``tell`` are told what a person may want to know, and what is being done.
    """

    folders: tuple[Path, ...] = ()
    only: frozenset[str] = frozenset()
    note: Callable[[str], None] = lambda _: None
    tell: Callable[[str], None] = lambda _: None

    def units(self, surface: Surface) -> tuple[Assessor, ...]:
        """Return the tools for a surface that were asked for, by name."""
        found: Mapping[str, Assessor] = registry.load("assessors")
        return tuple(
            unit
            for name, unit in sorted(found.items())
            if unit.SURFACE is surface and (not self.only or name in self.only)
        )

    def program(self, unit: Assessor) -> str:
        """Return where a tool stands, empty where it is not installed."""
        return find_program(unit.PROGRAMS, self.folders, os.environ.get("PATH", ""))


class Learnt(Struct, frozen=True, kw_only=True):
    """What tools found, and what they did not look at."""

    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def assess_sources(sources: Sources, tools: Tools, output: Path) -> Learnt:
    """Run every tool that fits; ``output`` is a folder for their answers."""
    findings: list[Finding] = []
    unknowns = [_unknown("sources", one) for one in sources.problems[:MOST_PROBLEMS]]
    if not tools.only:
        unknowns += [
            _unknown("sources", f"{plural(count, 'file')} in {language}, which no tool here reads")
            for language, count in sources.unread.items()
        ]
    for unit in tools.units(Surface.CODE):
        selector = Selector([unit.PATTERNS])
        names = tuple(name for name in sources.paths if selector.limit(name))
        if not any(name.endswith(unit.PATTERNS.suffixes) for name in names):
            if unit.NAME in tools.only:
                tools.note(f"{unit.NAME} was not run: there is no file for it")
            continue
        program = tools.program(unit)
        if not program:
            unknowns.append(not_installed(unit))
            continue
        tools.tell(f"running {unit.NAME}")
        learnt = _run(unit, program, names, sources, output)
        findings += learnt.findings
        unknowns += learnt.unknowns
        if not learnt.unknowns:
            words = plural(len(learnt.findings), "finding")
            tools.note(f"{unit.NAME} read {plural(len(names), 'file')}: {words}")
    return Learnt(findings=tuple(findings), unknowns=tuple(unknowns))


def _run(
    unit: Assessor, program: str, names: Sequence[str], sources: Sources, output: Path
) -> Learnt:
    folder = str(sources.folder)
    work = Work(
        folder=folder,
        output=str(output / unit.NAME),
        data=DATA,
        seconds=unit.SECONDS,
        files=tuple(names),
    )
    ran = run_assessor(unit, program, work)
    if ran.problem:
        return Learnt(unknowns=(_unknown(unit.NAME, ran.problem),))
    owners = {name: (sources.paths[name], sources.owners[sources.paths[name]]) for name in names}
    placed = place_code(unit, ran.told.flaws, folder, owners, _lines(sources.folder))
    said = [*(one.replace(f"{folder}/", "") for one in ran.told.problems), *placed.problems]
    return Learnt(findings=placed.findings, unknowns=problems_of(unit, said))


def problems_of(unit: Assessor, said: Sequence[str]) -> tuple[Unknown, ...]:
    """Return what a tool could not look at as Unknowns, the many beyond a few as one."""
    shown = [_unknown(unit.NAME, " ".join(one.split())[:300]) for one in said[:MOST_PROBLEMS]]
    if len(said) > MOST_PROBLEMS:
        shown.append(_unknown(unit.NAME, f"and {len(said) - MOST_PROBLEMS} more such problems"))
    return tuple(shown)


def not_installed(unit: Assessor) -> Unknown:
    """Return that a tool is missing, with the line that installs it."""
    return _unknown(unit.NAME, f"{unit.NAME} is not installed, so nobody looked for {unit.TITLE}; install it: {unit.INSTALL}")  # fmt: skip


def _unknown(unit: str, reason: str) -> Unknown:
    return Unknown(stage=Stage.ASSESS, unit=unit, location=WHOLE, reason=reason)


def _lines(folder: Path) -> LineOf:
    """Return what gives a line of a file, the files that were asked for last kept."""
    kept: dict[str, list[bytes]] = {}

    def line_of(name: str, number: int) -> bytes:
        if name not in kept:
            if len(kept) >= _LINE_FILES:
                kept.pop(next(iter(kept)))
            try:
                kept[name] = (folder / name).read_bytes().split(b"\n")
            except OSError:
                kept[name] = []
        lines = kept[name]
        return lines[number - 1] if 0 < number <= len(lines) else b""

    return line_of
