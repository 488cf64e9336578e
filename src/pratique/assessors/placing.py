"""
Turn what tools reported into findings of ours: where it stands, whose it is, what it is called.

Laws: the id of a finding is made of the tool, its rule, the file and the text of the line, never of the
line's number, so it outlives lines that are put in above; a place that the tool was not given is
told, never believed; two tools that mean the same weakness at one line are one finding, which names
both.
"""

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.assessors.interface import TEXT_CHARS, Assessor, Flaw
from pratique.model.finding import Evidence, Finding, FindingKind
from pratique.model.package import LayerRef, Package

_BOUGHT_IN = frozenset({
    "site-packages", "dist-packages", "node_modules", "bower_components", "vendor", "third_party",
    ".venv", "venv", ".tox", ".nox", ".git", ".hg", ".svn", "__pycache__", ".mypy_cache", ".terraform",
})  # fmt: skip
"""Folders whose code somebody else wrote, whatever is in them."""
_SYSTEM = ("usr/lib/", "usr/share/", "lib/", "lib64/", "etc/", "usr/src/", "usr/local/go/", "proc/")
_INTERPRETERS = ("usr/local/lib/python", "usr/local/lib/ruby", "opt/conda/")
"""Where interpreters keep their own libraries, which no package owns when they were compiled in place."""

_UNREAD = {
    "rs": "Rust", "cs": "C#", "fs": "F#", "vb": "Visual Basic", "kt": "Kotlin", "scala": "Scala",
    "swift": "Swift", "groovy": "Groovy", "clj": "Clojure", "dart": "Dart", "ex": "Elixir",
    "exs": "Elixir", "erl": "Erlang", "hs": "Haskell", "pl": "Perl", "pm": "Perl", "lua": "Lua",
    "ps1": "PowerShell", "cls": "Apex", "sol": "Solidity", "zig": "Zig",
}  # fmt: skip
"""Endings of source that none of the tools here reads."""

_TITLE_CHARS = 200

LineOf = Callable[[str, int], bytes]


class Owner(Struct, frozen=True, kw_only=True):
    """Where a file came from: the layer that brought it, the package that owns it."""

    layer: LayerRef | None = None
    package: Package | None = None


def is_bought_in(path: str, *, of_system: bool) -> bool:
    """
    Whether a file is in a folder of code that others wrote, by its path.

    ``of_system`` says that the tree is that of an operating system, where ``lib`` is one of its folders.

    >>> is_bought_in("lib/shop.rb", of_system=False), is_bought_in("lib/shop.rb", of_system=True)
    (False, True)
    >>> is_bought_in("srv/node_modules/x/y.js", of_system=True)
    True
    """
    if of_system and path.startswith((*_SYSTEM, *_INTERPRETERS)):
        return True
    return not _BOUGHT_IN.isdisjoint(path.split("/")[:-1])


def unread_language(path: str) -> str:
    """
    Return the language of a source file that no tool here reads, empty for every other file.

    >>> unread_language("src/main.rs"), unread_language("app.py"), unread_language("rs")
    ('Rust', '', '')
    """
    return _UNREAD.get(posixpath.splitext(path)[1][1:].lower(), "")


class Placed(Struct, frozen=True, kw_only=True):
    """Findings, and what of a tool's answer was not understood."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()


def place_code(
    unit: Assessor,
    flaws: Sequence[Flaw],
    folder: str,
    owners: Mapping[str, tuple[str, Owner]],
    line_of: LineOf,
) -> Placed:
    """
    Return the findings of a tool that read source.

    ``owners`` maps the name below ``folder`` that the tool was given to the path in the target and
    whose it is; ``line_of`` gives the text of a line of such a file.
    """
    findings: dict[str, Finding] = {}
    strange: set[str] = set()
    for flaw in flaws:
        name = _below(flaw.file, folder)
        if name not in owners:
            strange.add(flaw.file[:200])
            continue
        path, owner = owners[name]
        said = hashlib.sha256(b" ".join(line_of(name, flaw.line).split())).hexdigest()[:12]
        key = f"{FindingKind.CODE}:{unit.NAME}:{flaw.rule}:{path}:{said}"
        place = f"{path}:{flaw.line}" if flaw.line > 0 else path
        found = replace(
            _finding(unit, flaw, FindingKind.CODE, key, place),
            location=path,
            line=max(flaw.line, 0),
            layer=owner.layer,
        )
        if owner.package is not None:
            package = owner.package
            found = replace(
                found,
                package=package.key,
                package_name=package.name,
                package_version=package.version,
            )
        _add(findings, found)
    problems = tuple(f"{unit.NAME} names a file it was not given: {one}" for one in sorted(strange))
    return Placed(findings=tuple(findings.values()), problems=problems[:10])


def place_service(unit: Assessor, flaws: Sequence[Flaw]) -> Placed:
    """Return the findings of a tool that asked a running application."""
    findings: dict[str, Finding] = {}
    for flaw in flaws:
        request = f"{flaw.method} {flaw.path}".strip() or "/"
        key = f"{FindingKind.SERVICE}:{unit.NAME}:{flaw.rule}:{request}:{flaw.parameter}"
        note = f"parameter {flaw.parameter}: {flaw.note or flaw.title}" if flaw.parameter else ""
        told = replace(flaw, note=note) if note else flaw
        found = _finding(unit, told, FindingKind.SERVICE, key, request)
        if found.id not in findings:
            findings[found.id] = replace(found, location=request)
    return Placed(findings=tuple(findings.values()))


def agreed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, those of several tools on one weakness at one place as one, in their order."""
    kept: list[Finding] = []
    at: dict[tuple[str, str, int, str], int] = {}
    for one in findings:
        places = [(one.kind.value, one.location, one.line, cwe) for cwe in one.cwes]
        index = next((at[place] for place in places if place in at), -1)
        if index < 0 or _tool(kept[index]) == _tool(one):
            index = len(kept)
            kept.append(one)
        else:
            kept[index] = _joined(kept[index], one)
        for place in places:
            at.setdefault(place, index)
    return tuple(kept)


def _joined(first: Finding, second: Finding) -> Finding:
    if second.severity.rank > first.severity.rank:
        first, second = second, first
    return replace(
        first,
        names=tuple(dict.fromkeys((*first.names, second.rule, *second.names))),
        cwes=tuple(dict.fromkeys((*first.cwes, *second.cwes))),
        evidence=(*first.evidence, *second.evidence),
    )


def _tool(finding: Finding) -> str:
    return finding.rule.partition(":")[0]


def _below(file: str, folder: str) -> str:
    """Return a tool's name of a file as one below the folder it was given."""
    name = posixpath.normpath(file or ".")
    return name.removeprefix(f"{posixpath.normpath(folder)}/")


def _add(findings: dict[str, Finding], one: Finding) -> None:
    """Add a finding; the second on a line of equal text gets a number."""
    key, number = one.id, 1
    while key in findings:
        if findings[key].line == one.line:
            return
        number += 1
        key = f"{one.id}:{number}"
    findings[key] = replace(one, id=key)


def _finding(unit: Assessor, flaw: Flaw, kind: FindingKind, key: str, place: str) -> Finding:
    rule = f"{unit.NAME}:{flaw.rule}"
    note = (flaw.note or flaw.title)[:TEXT_CHARS].rstrip(".")
    title = flaw.title or flaw.rule
    if note.startswith(title) and len(note) <= _TITLE_CHARS:
        title = note  # the reports leave out what only repeats the title
    return Finding(
        id=key,
        kind=kind,
        rule=rule,
        title=title[:_TITLE_CHARS],
        description=f"{place}: {note}",
        severity=flaw.severity,
        severity_source=unit.NAME,
        confidence=flaw.confidence,
        names=(flaw.rule,),
        cwes=flaw.cwes,
        references=(flaw.url,) if flaw.url.startswith("https://") else (),
        evidence=(
            Evidence(
                advisory=flaw.rule,
                feed=unit.NAME,
                url=flaw.url if flaw.url.startswith("https://") else "",
                name=place,
                note=note,
            ),
        ),
    )
