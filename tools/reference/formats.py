"""
Make the page of supported formats: which files are read, and what is listed from them.

Whether a format shows what is installed or only what somebody declared is taken from the extracts
of real files that the unit is tested on, so the page says what is proven.
"""

import importlib
import re
from collections.abc import Iterable
from itertools import groupby
from types import ModuleType

from msgspec.structs import replace

from pratique.cli.explain import asked_for
from pratique.extractors.os import _identity
from pratique.kit import registry
from pratique.model.units import Patterns
from tools.reference.markdown import first_line, note, table
from tools.reference.units import page_name

PATH = "docs/reference/formats.md"
_MAGICS = {
    b"\x7fELF": "ELF programs",
    b"MZ": "PE programs",
    b"@EXPLICI": "text that starts with `@EXPLICIT`",
}
_MACH_O = "Mach-O programs"
_MOST = 6
"""Patterns in one row; the unit's own page has all."""
_PROGRAMS = "programs"


def pages() -> dict[str, str]:
    """Return the page."""
    units = sorted(registry.load("extractors").values(), key=lambda one: (_group(one), one.NAME))
    text = note("the extractors and their fixtures") + _HEAD.format(count=len(units))
    for group, members in groupby(units, key=_group):
        text += f"\n## {_heading(group)}\n\n"
        text += (_programs if group == _PROGRAMS else _table)(list(members))
    return {PATH: text}


_HEAD = """# Supported formats

{count} extractors, in images, folders and repositories alike. *Installed* is what is there to run;
*declared* is what a lockfile or manifest pins and nothing shows to be installed: it is matched, with
medium confidence. A lockfile inside an installed dependency (`node_modules`, `site-packages`…) says
what its authors used, and is not read. Ranges are no packages: `flask>=2` names no version.
Why it is so, and what is not covered: [how packages are found](../explanation/packages.md).
"""


def files(patterns: Patterns) -> list[str]:
    """
    Return what a unit asks for, in Markdown, most telling first.

    >>> files(Patterns(names=("uv.lock",), globs=("a/*/b",)))
    ['`uv.lock`', '`a/*/b`']
    """
    identity = frozenset(_identity.PATHS)
    paths = [path for path in patterns.paths if path not in identity] or patterns.paths[:1]
    plain = asked_for(replace(patterns, paths=tuple(paths), magics=()))
    magics = [_MAGICS.get(magic, _MACH_O) for magic in patterns.magics]
    return [*(f"`{name}`" for name in plain), *dict.fromkeys(magics)]


def _heading(group: str) -> str:
    """Return what a folder is for, as a heading: what it reads first."""
    words = first_line(importlib.import_module(f"pratique.extractors.{group}").__doc__)
    plain = re.sub(r"^(Read|List|Recognise) (the )?(packages of )?", "", words).rstrip(".")
    return plain[:1].upper() + plain[1:]


def _group(unit: ModuleType) -> str:
    return str(unit.__name__).split(".")[2]


def _table(units: Iterable[ModuleType]) -> str:
    rows = [
        [_files(unit), _shows(unit), f"[`{unit.NAME}`](extractors/{page_name(unit.NAME)}.md)"]
        for unit in units
    ]
    return table(["Files", "Lists what is", "Extractor"], rows)


def _programs(units: Iterable[ModuleType]) -> str:
    rows = [
        [first_line(unit.__doc__), f"[`{unit.NAME}`](extractors/{page_name(unit.NAME)}.md)"]
        for unit in units
    ]
    return table(["Program", "Extractor"], rows)


def _files(unit: ModuleType) -> str:
    asked = files(unit.PATTERNS)
    return ", ".join(asked[:_MOST]) + (", …" if len(asked) > _MOST else "")


def _shows(unit: ModuleType) -> str:
    """Return what the unit's proven extracts hold: what is installed, declared, or both."""
    try:
        cases = importlib.import_module(f"tests.fixtures.{unit.NAME}.cases").CASES
    except ModuleNotFoundError:
        return "installed"
    expected = [line for case in cases for line in case.expects]
    declared = ["declared" in line.split()[3:] for line in expected]
    words = ("installed", not all(declared)), ("declared", any(declared))
    return ", ".join(word for word, holds in words if holds)
