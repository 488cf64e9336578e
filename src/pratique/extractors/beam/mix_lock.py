"""
List what ``mix.lock`` of Elixir pins from Hex.

An entry is ``"app": {:hex, :name, "version", checksum, managers, dependencies, repository, …}``.
Dependencies from git have no version there and are left out. What is for development stands in
mix.exs only.
Source: hexpm/hex, lib/hex/mix.ex (``from_lock``, ``to_lock``).
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.beam._terms import Key, Term, elixir_terms
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "mix_lock"
VERSION = 1
PATTERNS = Patterns(names=("mix.lock",), max_bytes=4 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    terms = elixir_terms(file.content().decode(errors="replace"))
    if not terms or not isinstance(terms[0], list):
        raise FormatError("no lock file of Mix: no map")
    pins = Pins(NAME)
    for key, value in _pairs(terms[0]):
        if not isinstance(value, tuple) or len(value) < 3:
            pins.leave_out(f"{key} {value}"[:200])
        elif value[0] == "hex":
            pins.add(_pin(value))
        elif value[0] != "git":
            pins.leave_out(f"{key} {value[0]}")
    return pins.done()


def _pin(entry: tuple[Term, ...]) -> Pin:
    name, version = entry[1], entry[2]
    needs = entry[5] if len(entry) > 5 and isinstance(entry[5], list) else []
    return Pin(
        type=PackageType.HEX,
        name=name if isinstance(name, str) else "",
        version=version if isinstance(version, str) else "",
        depends=tuple(_need(need) for need in needs if isinstance(need, tuple) and need),
    )


def _need(need: tuple[Term, ...]) -> str:
    """Return the package of ``{:app, "~> 1.0", [hex: :name, …]}``: its options may rename it."""
    options = need[2] if len(need) > 2 and isinstance(need[2], list) else []
    for key, value in _pairs(options):
        if key == "hex" and isinstance(value, str):
            return value
    return need[0] if isinstance(need[0], str) else ""


def _pairs(terms: list[Term]) -> Iterator[tuple[str, Term]]:
    key: Key | None = None
    for term in terms:
        if isinstance(term, Key):
            key = term
        elif key is not None:
            yield key, term
            key = None
