"""
Hold what looking at one file gives, whatever its kind.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from pratique.checks.interface import Described, faulty
from pratique.formats.ignore.inline import Pragma
from pratique.model.fault import Fault
from pratique.model.finding import Finding
from pratique.model.unknown import Unknown


class Hit(Struct, frozen=True, kw_only=True):
    """A fault and the finding that reports make of it."""

    fault: Fault
    finding: Finding


class Looked(Struct, frozen=True, kw_only=True):
    """
    What the checks said of one file.

    ``pragmas`` are its comments with the lines they reach. ``outline`` is what a build or cluster
    would get, part by part, with the bytes of each: a fix may change only the parts it touches.
    """

    hits: tuple[Hit, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    pragmas: tuple[Pragma, ...] = ()
    outline: tuple[tuple[int, int, str], ...] = ()


Look = Callable[[bytes], Looked]
"""Look at other bytes of the same file."""


def hits_of(found: Iterable[tuple[Described, Fault]], path: str, content: bytes) -> tuple[Hit, ...]:
    """Return faults as findings, in the order of the file; equal ids are told apart by a number."""
    lines = content.split(b"\n")
    used: dict[str, int] = {}
    hits: list[Hit] = []
    for check, fault in sorted(found, key=lambda one: (one[1].line, one[1].start, one[0].NAME)):
        text = lines[fault.line - 1] if 0 < fault.line <= len(lines) else b""
        finding = faulty(check, fault, path, text)
        number = used[finding.id] = used.get(finding.id, 0) + 1
        if number > 1:
            finding = _numbered(finding, number)
        hits.append(Hit(fault=fault, finding=finding))
    return tuple(hits)


def _numbered(finding: Finding, number: int) -> Finding:
    from msgspec.structs import replace  # rare

    return replace(finding, id=f"{finding.id}#{number}")
