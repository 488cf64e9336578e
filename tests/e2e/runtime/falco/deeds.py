"""
Read the deeds: small scripts that do what one of the maintainers' rules is about, and no harm.

The head of a script says ``# rule:`` (each rule it must be told by, one a line), ``# title:``,
``# where:`` (a container of podman's unless it says ``pod``, one of containerd's with what the kubelet notes on
it, or ``node``, a process of the node), ``# run:`` (more arguments of podman or ctr) and ``# needs:``
(programs).
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

SCRIPTS = Path(__file__).parent / "scripts"


class Where(StrEnum):
    """Where a deed is done."""

    CONTAINER = "container"
    POD = "pod"
    NODE = "node"


class Deed(Struct, frozen=True, kw_only=True):
    """One script, and the rules that it must be told by."""

    name: str
    title: str
    rules: tuple[str, ...]
    where: Where = Where.CONTAINER
    run: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def deeds() -> list[Deed]:
    """Return all of them, by name."""
    return [_read(path) for path in sorted(SCRIPTS.glob("*.sh"))]


def _read(path: Path) -> Deed:
    head: list[tuple[str, str]] = []
    for line in path.read_text().splitlines():
        key, colon, value = line.removeprefix("# ").partition(": ")
        if not line.startswith("# ") or not colon:
            break
        head.append((key, value))
    (title,) = _said(head, "title")
    return Deed(
        name=path.stem,
        title=title,
        rules=tuple(_said(head, "rule")),
        where=Where((_said(head, "where") or [Where.CONTAINER])[0]),
        run=tuple(" ".join(_said(head, "run")).split()),
        needs=tuple(" ".join(_said(head, "needs")).split()),
    )


def _said(head: Sequence[tuple[str, str]], key: str) -> list[str]:
    return [value for name, value in head if name == key]
