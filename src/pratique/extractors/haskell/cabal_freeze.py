"""
List what ``cabal.project.freeze`` pins (``cabal freeze``).

Law: each constraint ``any.name ==version`` is one package; flags, ``installed`` and choices of
several versions are no pins.
Bounds: linear.
Source: https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "cabal_freeze"
VERSION = 1
PATTERNS = Patterns(
    names=("cabal.project.freeze",), globs=("cabal.project.*.freeze",), max_bytes=4 << 20
)
_FIELD = "constraints:"
_QUALIFIERS = ("any.", "setup.")


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a freeze."""
    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    if b"\0" in content:
        raise FormatError("not a text file")
    pins = Pins(NAME)
    for constraint in _constraints(content.decode(errors="replace")):
        name, equal, version = constraint.partition("==")
        if equal and "|" not in version and "&" not in version and "*" not in version:
            pins.add(Pin(type=PackageType.HACKAGE, name=_bare(name), version=version.strip()))
    return pins.done()


def _constraints(text: str) -> Iterator[str]:
    inside = False
    for line in text.splitlines():
        if line.lstrip().startswith("--"):
            continue
        if line[:1] not in (" ", "\t", ""):
            inside = line.lower().startswith(_FIELD)
            line = line[len(_FIELD) :]
        if inside:
            yield from (part.strip() for part in line.split(","))


def _bare(name: str) -> str:
    name = name.strip().rpartition(":")[2]  # of a setup program: package:setup.name
    for qualifier in _QUALIFIERS:
        name = name.removeprefix(qualifier)
    return name
