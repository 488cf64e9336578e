"""
Read the behaviours: small scripts that do one thing, an attack's or an honest program's.

The head of a script says what it is: ``# title:``, for an attack ``# technique:`` and ``# expects:``
(rules, any of which suffices), ``# needs:`` (programs) and ``# run:`` (more arguments of podman).
"""

from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).parent / "behaviours"
PROGRAMS = FOLDER / "programs"
_KEYS = ("title", "technique", "expects", "needs", "run")


class Behaviour(Struct, frozen=True, kw_only=True):
    """One script; ``expects`` is empty for an honest one."""

    name: str
    path: Path
    title: str
    technique: str = ""
    expects: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    run: tuple[str, ...] = ()

    @property
    def is_attack(self) -> bool:
        """Return whether somebody should be told of it."""
        return bool(self.expects)


def attacks() -> list[Behaviour]:
    """Return what must be told, by name."""
    return [_read(path) for path in sorted((FOLDER / "attacks").glob("*.sh"))]


def benign() -> list[Behaviour]:
    """Return what must not be told, by name."""
    return [_read(path) for path in sorted((FOLDER / "benign").glob("*.sh"))]


def _read(path: Path) -> Behaviour:
    head = {}
    for line in path.read_text().splitlines():
        key, colon, value = line.removeprefix("# ").partition(": ")
        if not line.startswith("# ") or not colon or key not in _KEYS:
            break
        head[key] = value
    return Behaviour(
        name=path.stem,
        path=path,
        title=head["title"],
        technique=head.get("technique", ""),
        expects=_listed(head.get("expects", "")),
        needs=_listed(head.get("needs", "")),
        run=tuple(head.get("run", "").split()),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())
