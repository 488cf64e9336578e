"""
Sort the functions of a Go program by module.

Law: a function belongs to the module whose path is the longest that begins its import path; what
has no such module and no dot in its first part is the standard library's. Where a module was
replaced, import paths are given as the replacement's advisories write them. A table that lacks the
functions every Go program has was tampered with or obfuscated, and says nothing.
Bounds: ``MAX_PACKAGES``; longer paths than ``MAX_PATH_CHARS`` are of no module.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from pratique.formats.programs.go_buildinfo import BuildInfo
from pratique.formats.programs.go_symbols import split_name, symbol_hash
from pratique.model.errors import LimitExceeded
from pratique.model.package import Linked

STDLIB = "stdlib"
MAX_PACKAGES = 50_000
MAX_PATH_CHARS = 1024

_ALWAYS = (("runtime", "main"), ("main", "main"))


class Functions(Struct, frozen=True):
    """
    The functions of a program, by module path (``STDLIB`` for the standard library's).

    ``strangers`` are import paths of no known module.
    """

    modules: Mapping[str, Linked]
    strangers: tuple[str, ...] = ()


def sort_functions(
    names: Iterable[str], info: BuildInfo, system: str, arch: str
) -> Functions | None:
    """
    Return the functions by module, None where the table cannot be believed.

    Raises:
        LimitExceeded: more packages than any real program has.
    """
    sorting = _Sorting(info)
    missing = set(_ALWAYS)
    for split in map(split_name, names):
        if split is not None:
            missing.discard(split)
            sorting.add(*split)
    return None if missing else sorting.done(system, arch)


class _Sorting:
    """Take functions one by one; only hashes of them are kept."""

    def __init__(self, info: BuildInfo) -> None:
        self._main = info.path or "main"
        self._moved = _moved(info)
        self._hashes: dict[str, set[int]] = {name: set() for name in (STDLIB, *self._moved)}
        self._packages: dict[str, set[str]] = {name: set() for name in self._hashes}
        self._places: dict[str, tuple[str, str] | None] = {}

    def add(self, package: str, function: str) -> None:
        """Take one function."""
        if package not in self._places:
            if len(self._places) >= MAX_PACKAGES:
                raise LimitExceeded("a Go program of more than 50,000 packages")
            self._places[package] = self._place(self._main if package == "main" else package)
        place = self._places[package]
        if place is not None:
            module, path = place
            self._hashes[module].add(int.from_bytes(symbol_hash(path, function), "big"))

    def done(self, system: str, arch: str) -> Functions:
        """Return what was taken."""
        modules = {
            module: Linked(
                packages=tuple(sorted(self._packages[module])),
                symbols=b"".join(one.to_bytes(4, "big") for one in sorted(hashes)),
                system=system,
                arch=arch,
            )
            for module, hashes in self._hashes.items()
        }
        strangers = sorted(path for path, place in self._places.items() if place is None)
        return Functions(modules, tuple(strangers))

    def _place(self, path: str) -> tuple[str, str] | None:
        """Return the module of an import path, and the path as advisories write it."""
        module = path if len(path) <= MAX_PATH_CHARS else ""
        while module and module not in self._moved:
            module = module.rpartition("/")[0]
        if not module and (len(path) > MAX_PATH_CHARS or "." in path.partition("/")[0]):
            return None
        if module:
            path = self._moved[module] + path[len(module) :]
        self._packages[module or STDLIB].add(path)
        return module or STDLIB, path


def _moved(info: BuildInfo) -> dict[str, str]:
    """Return the path of each module in import paths, and in advisories."""
    listed = (*info.deps, *((info.main,) if info.main else ()))
    return {
        one.path: one.replaced.path if one.replaced and one.replaced.version else one.path
        for one in listed
        if one.path
    }
