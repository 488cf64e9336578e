"""
Read VEX documents, ignore files and exceptions, and apply them to the findings of subjects.

Laws: a file that was asked for and cannot be read or understood ends the run; one that was only
found in the folder likewise, because it would otherwise be silently without effect. What of a file
is not honoured, is over, or meets nothing is told. Nothing is loaded where there is no such file.
Bounds: ``Limits.kept_file_bytes`` for each file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.ignore.rule import IgnoreFile, IgnoreRule
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, UsageError
from pratique.model.finding import Finding
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.model.vex import VexStatement

Read = TypeVar("Read")
_NAMED = 5
"""Names in one sentence about unused statements."""


class SuppressSettings(Struct, frozen=True, kw_only=True):
    """
    Where suppressions come from.

    ``folder`` is searched for the files that the other tools keep there; None: nowhere.
    """

    vex: tuple[Path, ...] = ()
    ignore: tuple[Path, ...] = ()
    folder: Path | None = None


class Suppressions(Struct, frozen=True, kw_only=True):
    """What the files say; ``notes`` is what a person should know of them."""

    statements: tuple[VexStatement, ...] = ()
    rules: tuple[IgnoreRule, ...] = ()
    found: tuple[str, ...] = ()
    """Files that nobody asked for: they were found in the folder."""
    notes: tuple[str, ...] = ()


class Suppressed(Struct, frozen=True, kw_only=True):
    """The findings of one subject, and what of the suppressions met one of them."""

    findings: tuple[Finding, ...]
    statements: frozenset[VexStatement] = frozenset()
    rules: frozenset[str] = frozenset()


def load_suppressions(settings: SuppressSettings) -> Suppressions:
    """
    Read all files.

    Raises:
        UsageError: one cannot be read or understood.
    """
    found = tuple(_discovered(settings))
    if not (settings.vex or settings.ignore or found):
        return Suppressions()
    statements: list[VexStatement] = []
    rules: list[IgnoreRule] = []
    notes: list[str] = []
    for file in settings.vex:
        from pratique.formats.vex.reading import read_vex  # only where there is one

        document = _read(file, str(file), read_vex)
        statements += document.statements
        notes += [f"{file}: {problem}" for problem in document.problems]
    for file, name in (*((file, str(file)) for file in settings.ignore), *found):
        ignored = _read(file, name, _ignore_file)
        rules += ignored.rules
        notes += ignored.problems
    names = tuple(name for _, name in found)
    return Suppressions(
        statements=tuple(statements), rules=tuple(rules), found=names, notes=tuple(notes)
    )


def suppress(subject: Subject, suppressions: Suppressions, now: datetime) -> Suppressed:
    """Return the subject's findings after VEX statements, then rules and exceptions."""
    findings, met = subject.findings, Suppressed(findings=subject.findings)
    if suppressions.statements or subject.vex:
        from pratique.policy.vex import apply_vex  # only where there is a statement

        vexed = apply_vex(findings, subject, suppressions.statements)
        findings, met = vexed.findings, replace(met, statements=vexed.used)
    if suppressions.rules:
        from pratique.policy.ignoring import ignore_findings  # only where there is a rule

        packages: Mapping[str, Package] = {one.key: one for one in subject.packages}
        ignored = ignore_findings(findings, packages, suppressions.rules, now)
        findings, met = ignored.findings, replace(met, rules=ignored.used)
    return replace(met, findings=findings)


def notes_on(suppressions: Suppressions, met: Sequence[Suppressed], now: datetime) -> Iterator[str]:
    """Yield what a person should know: what was left out, is over, met nothing, or was found."""
    yield from suppressions.notes
    used = frozenset(place for one in met for place in one.rules)
    yield from _on_statements(suppressions.statements, met)
    if suppressions.rules:
        yield from _on_rules(suppressions, used, now)


def _discovered(settings: SuppressSettings) -> Iterator[tuple[Path, str]]:
    from pratique.formats.ignore.reading import DISCOVERED

    for name in DISCOVERED if settings.folder else ():
        place = (settings.folder or Path()) / name
        if place.is_file() and not any(_is_same(place, file) for file in settings.ignore):
            yield place, name


def _is_same(place: Path, file: Path) -> bool:
    try:
        return place.samefile(file)
    except OSError:
        return False  # reading it will say why


def _ignore_file(content: bytes, place: str) -> IgnoreFile:
    from pratique.formats.ignore.reading import read_ignore_file

    return read_ignore_file(content, place)


def _read(file: Path, name: str, reader: Callable[[bytes, str], Read]) -> Read:
    try:
        with file.open("rb") as opened:
            content = opened.read(DEFAULT.kept_file_bytes + 1)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}", hint="check its name and rights") from None
    if len(content) > DEFAULT.kept_file_bytes:
        raise UsageError(f"{name}: larger than {DEFAULT.kept_file_bytes} bytes")
    try:
        return reader(content, name)
    except FormatError as error:
        hint = "" if error.hint() == FormatError.fix else error.hint()
        raise UsageError(
            f"{name}: {error}", hint=hint or "mend the file, or leave it out"
        ) from None


def _on_statements(statements: Sequence[VexStatement], met: Iterable[Suppressed]) -> Iterator[str]:
    used = frozenset(statement for one in met for statement in one.statements)
    by_place: dict[str, list[VexStatement]] = {}
    for statement in statements:
        by_place.setdefault(statement.place, []).append(statement)
    for place, listed in by_place.items():
        unused = [one for one in listed if one not in used]
        if unused:
            names = sorted({one.names[0] for one in unused})
            more = ", …" if len(names) > _NAMED else ""
            said = f"{len(unused)} of {len(listed)} statements match nothing here"
            yield f"{place}: {said} ({', '.join(names[:_NAMED])}{more})"


def _on_rules(suppressions: Suppressions, used: frozenset[str], now: datetime) -> Iterator[str]:
    from pratique.policy.ignoring import is_over

    for name in suppressions.found:
        number = sum(1 for place in used if place.startswith(name))
        if number:
            rules = "1 of its rules applies" if number == 1 else f"{number} of its rules apply"
            yield f"{name} was found here: {rules} (--no-ignore leaves it out)"
    for rule in suppressions.rules:
        if is_over(rule, now):
            about = ", ".join(rule.names) or rule.package or "it"
            yield f"{rule.place}: expired {rule.expires[:10]}: {about} counts again"
        elif rule.exception and rule.place not in used:
            yield f"{rule.place}: matches nothing here ({', '.join(rule.names)})"
