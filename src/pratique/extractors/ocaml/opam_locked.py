"""
List what ``*.opam.locked`` pins (``opam lock``).

Law: each dependency with the one version ``= "…"`` is one package; those with ``build``,
``with-test``, ``with-doc`` or ``with-dev-setup`` are for development. Others are no pins.
Source: https://opam.ocaml.org/doc/man/opam-lock.html
"""

from collections.abc import Sequence

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.packages.opam import Token, formula, opam_fields
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "opam_locked"
VERSION = 1
PATTERNS = Patterns(names=("opam.locked",), suffixes=(".opam.locked",), max_bytes=512 << 10)
_DEVELOPMENT = frozenset(("build", "with-test", "with-doc", "with-dev-setup"))


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a lock."""
    if inside_dependency(file.path):
        return Extraction()
    fields = opam_fields(file.content())
    if "opam-version" not in fields and "depends" not in fields:
        raise FormatError("neither opam-version nor depends is there")
    pins = Pins(NAME)
    for name, conditions in formula(fields.get("depends", ())):
        if version := _version(conditions):
            words = {one.text for one in conditions if not one.string}
            development = not words.isdisjoint(_DEVELOPMENT)
            scope = Scope.DEVELOPMENT if development else Scope.RUNTIME
            pins.add(Pin(type=PackageType.OPAM, name=name, version=version, scope=scope))
    return pins.done()


def _version(conditions: Sequence[Token]) -> str:
    """Return the string behind an ``=`` that has nothing to its left: ``os = "x"`` is no version."""
    before = Token("&")
    for at, token in enumerate(conditions[:-1]):
        follows = conditions[at + 1]
        if token == Token("=") and before.text in "&|(" and not before.string and follows.string:
            return follows.text
        before = token
    return ""
