"""
List what ``rebar.lock`` of rebar3 pins from Hex.

An entry is ``{<<"app">>, {pkg, <<"name">>, <<"version">>, …}, level}``; the list stands alone in
old files and in ``{"1.2.0", […]}`` in newer ones. Dependencies from git have no version there and
are left out. Source: https://rebar3.org/docs/workflow/#lock-files; erlang/rebar3,
apps/rebar/src/rebar_config.erl (``consult_lock_file``).
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.beam._terms import Term, erlang_terms
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "rebar_lock"
VERSION = 1
PATTERNS = Patterns(names=("rebar.lock",), max_bytes=4 << 20)
_REPOSITORIES = frozenset({"git", "git_subdir", "hg", "ref"})


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for entry in _locks(erlang_terms(file.content().decode(errors="replace"))):
        source = entry[1] if isinstance(entry, tuple) and len(entry) > 1 else ()
        if isinstance(source, tuple) and len(source) > 2 and source[0] == "pkg":
            name, version = source[1], source[2]
            if isinstance(name, str) and isinstance(version, str):
                pins.add(Pin(type=PackageType.HEX, name=name, version=version))
                continue
        if not (isinstance(source, tuple) and source and source[0] in _REPOSITORIES):
            pins.leave_out(str(entry)[:200])
    return pins.done()


def _locks(terms: list[Term]) -> list[Term]:
    first = terms[0] if terms else None
    if isinstance(first, tuple) and len(first) == 2 and isinstance(first[1], list):
        return first[1]
    if isinstance(first, list):
        return first
    raise FormatError("no lock file of rebar3: no list of locks")
