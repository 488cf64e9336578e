"""
Run every check of Compose files over one file, with what it includes, extends and lies over.

The project folder is the git work tree that the file lies in, else the folder a person named, else the
file's own; nothing outside of it is read, also not by a symbolic link. A file that only makes sense over
another (``compose.override.yaml``, or one with services that have no image) is read over the base that
stands beside it, and only what it says itself is told. What an included file shows is told at the line
that brings it, unless that file is linted in the same run. What was not read is a coverage Unknown.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from pratique.checks.compose.interface import Check, ComposeFault, Scene
from pratique.checks.interface import Described
from pratique.formats.compose.project import MOST_FILES, Project, Read, read_project
from pratique.formats.documents.yaml_nodes import Node
from pratique.formats.ignore.yaml_comments import yaml_pragmas
from pratique.kit import registry
from pratique.model.errors import FormatError
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.lint_looking import Looked, hits_of
from pratique.pipelines.project_folder import (
    committed_files,
    name_in,
    project_folder,
    reader,
)

BASES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
"""What a project's first file is called, in the order in which Compose looks for it."""
_KNOWN = frozenset({"services", "include", "networks", "volumes", "secrets", "configs", "models"})
"""Sections by which a file without services is one of Compose all the same."""


def checks(*, pedantic: bool) -> Mapping[str, Check]:
    """Return the checks by name; those that are pedantic only where they are wanted."""
    found = cast("Mapping[str, Check]", registry.load("checks.compose"))
    return {n: one for n, one in found.items() if pedantic or not getattr(one, "PEDANTIC", False)}


class Run(Struct, frozen=True, kw_only=True):
    """
    What all files of one run share.

    ``paths`` are those a person named; ``linted`` are the files that are looked at, resolved: what
    these say is told when they are.
    """

    wanted: Mapping[str, Check]
    paths: tuple[str, ...] = ()
    linted: frozenset[Path] = frozenset()


def look_at(content: bytes, name: str, place: Path | None, run: Run) -> Looked:
    """
    Return what the checks say of a Compose file.

    ``name`` is what to call it, ``place`` where it is (None for standard input).
    """
    folder = project_folder(place, run.paths) if place else None
    file = name_in(folder, place) if place and folder else BASES[0]
    read = reader(folder, file, content)
    try:
        project, over = _project(file, read)
    except FormatError as error:
        return Looked(unknowns=(_unknown(name, "parser", str(error), Weight.BLOCKING),))
    scene = _scene(project, read, folder)
    unknowns = [
        _unknown(f"{_called(one.file, file, name)}:{one.line}", "parser", one.reason)
        for one in project.problems
    ]
    if not project.services:
        weight = Weight.COVERAGE if _KNOWN & project.own.fields.keys() else Weight.BLOCKING
        unknowns.append(_unknown(name, "parser", "it has no services to look at", weight))
    askers = _askers(project)
    found = [
        (check, _placed(fault, project, name, askers))
        for check, fault in _once(_faults(scene, name, run.wanted, unknowns))
        if fault.file == file or not (over or (folder and (folder / fault.file) in run.linted))
    ]
    return Looked(
        hits=hits_of(found, name, content),
        unknowns=tuple(unknowns),
        pragmas=yaml_pragmas(content),
        outline=tuple(_outline(project.own.node, content)),
    )


def _project(file: str, read: Read) -> tuple[Project, tuple[str, ...]]:
    """Return the model of a file, and of what it lies over."""
    alone = read_project(file, read)
    name = file.rpartition("/")[2]
    stands = bool(alone.services) and all(one.runs for one in alone.services)
    if name in BASES or (stands and ".override." not in name):
        return alone, ()
    beside = (normpath(join(dirname(file), base)) for base in BASES)
    base = next((one for one in beside if one != file and read(one) is not None), None)
    return (read_project(file, read, over=(base,)), (base,)) if base else (alone, ())


def _scene(project: Project, read: Read, folder: Path | None) -> Scene:
    names = {normpath(join(dirname(project.file), ".env"))}
    for one in project.services:
        named = one.get("env_file")
        for item in (*named.texts(), *(entry.at("path") for entry in named.items)):
            if item.text:
                names.add(normpath(join(dirname(item.file), item.text)))
    inside = sorted(name for name in names if not name.startswith(("/", "../", "~")))
    contents = ((name, read(name)) for name in inside[:MOST_FILES])
    files = {name: content for name, content in contents if content is not None}
    asks = files or project.root.at("secrets").fields
    return Scene(
        project=project,
        committed=committed_files(folder) if asks and folder else None,
        environment_files=files,
    )


def _faults(
    scene: Scene, name: str, wanted: Mapping[str, Check], unknowns: list[Unknown]
) -> Iterator[tuple[Described, ComposeFault]]:
    for rule, check in wanted.items():
        try:
            faults = tuple(check.look(scene))
        except FormatError as error:
            unknowns.append(_unknown(name, rule, str(error)))
            continue
        for fault in faults:
            yield check, fault


def _once(
    found: Iterator[tuple[Described, ComposeFault]],
) -> Iterator[tuple[Described, ComposeFault]]:
    """Yield each fault once that several services share by an anchor or by what they extend."""
    first: dict[tuple[str, str, int, int, str], tuple[Described, ComposeFault, int]] = {}
    for check, fault in found:
        said = fault.note.removeprefix(f"service {fault.service}: ")
        key = (check.NAME, fault.file, fault.start, fault.end, said)
        known = first.get(key)
        first[key] = (known[0], known[1], known[2] + 1) if known else (check, fault, 0)
    for check, fault, more in first.values():
        others = f" (and {more} more service{'s' if more > 1 else ''} by the same words)"
        yield check, replace(fault, note=fault.note + others) if more else fault


def _placed(
    fault: ComposeFault, project: Project, name: str, askers: Mapping[str, Node]
) -> ComposeFault:
    """Return a fault with its edits named as the file is; one of another file where that is asked for."""
    if fault.file == project.file:
        return replace(fault, edits=tuple(replace(edit, file=name) for edit in fault.edits))
    node = _asker(fault, project, askers)
    return replace(
        fault,
        line=node.line or 1,
        start=node.start,
        end=node.end,
        note=f"{fault.note} ({fault.file}:{fault.line})",
        edits=(),
    )


def _asker(fault: ComposeFault, project: Project, askers: Mapping[str, Node]) -> Node:
    """Return the node of a file by which what another file says came in."""
    services = project.own.at("services")
    own = services.at(fault.service)
    if own.is_mapping:
        return own.keys.get("extends") or services.keys.get(fault.service, own.node)
    included = project.own.at("include")
    return askers.get(fault.file) or project.own.keys.get("include", included.node)


def _askers(project: Project) -> Mapping[str, Node]:
    """Return the nodes by which a file includes others, by the path of each."""
    found: dict[str, Node] = {}
    for item in project.own.at("include").items:
        for path in item.at("path").texts() if item.is_mapping else (item,):
            found.setdefault(normpath(join(dirname(project.file), path.text)), path.node)
    return found


def _outline(root: Node, content: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a file as they are written: each service, volume… and each other field."""
    for name, value in root.fields.items():
        key = root.keys.get(name, value)
        if not value.keys or value.flow:
            yield key.start, _line_end(content, max(key.end, value.end)), f"{name} {_said(value)}"
            continue
        for inner, below in value.fields.items():
            at = value.keys.get(inner, below)
            yield (
                at.start,
                _line_end(content, max(at.end, below.end)),
                f"{name} {inner} {_said(below)}",
            )


def _line_end(content: bytes, at: int) -> int:
    """Return where the next line begins: what is put in there may belong to the part before."""
    found = content.find(b"\n", at)
    return len(content) if found < 0 else found + 1


def _said(node: Node) -> str:
    """Return what a node says; what an alias or merge key brings in stands elsewhere."""

    def inside(one: Node) -> str:
        return _said(one) if node.start <= one.start <= node.end else "*"

    if node.fields:
        return str([(name, inside(one)) for name, one in node.fields.items()])
    if node.items:
        return str([inside(one) for one in node.items])
    return repr(node.value)


def _called(file: str, main: str, name: str) -> str:
    return name if file == main else file


def _unknown(location: str, unit: str, reason: str, weight: Weight = Weight.COVERAGE) -> Unknown:
    return Unknown(stage=Stage.SOURCE, unit=unit, location=location, reason=reason, weight=weight)
