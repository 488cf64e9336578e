"""
Sort the functions of a Go program by module.

Law: a function belongs to the module whose path is the longest that begins its import path; what
has no such module and no dot in its first part is the standard library's. Where a module was
replaced, import paths are given as the replacement's advisories write them. A table that lacks the
functions every Go program has was tampered with or obfuscated, and says nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from pratique.formats.programs.go_buildinfo import BuildInfo
from pratique.formats.programs.go_symbols import split_name
from pratique.model.package import Linked

STDLIB = "stdlib"
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
    """Return the functions by module, None where the table cannot be believed."""
    packages: dict[str, set[str]] = {}
    for split in map(split_name, names):
        if split is not None:
            packages.setdefault(split[0], set()).add(split[1])
    if any(function not in packages.get(package, ()) for package, function in _ALWAYS):
        return None
    moved = _paths(info)
    found: dict[str, dict[str, set[str]]] = {}
    strangers = []
    for package, functions in packages.items():
        path = info.path if package == "main" and info.path else package
        module = _module(path, moved)
        if module is None:
            strangers.append(path)
            continue
        if module != STDLIB:
            path = moved[module] + path[len(module) :]
        found.setdefault(module, {})[path] = functions
    modules = {module: _linked(held, system, arch) for module, held in found.items()}
    empty = Linked(system=system, arch=arch)
    return Functions({STDLIB: empty, **dict.fromkeys(moved, empty), **modules}, tuple(strangers))


def _paths(info: BuildInfo) -> dict[str, str]:
    """Return the path of each module in import paths, and in advisories."""
    listed = (*info.deps, *((info.main,) if info.main else ()))
    return {
        one.path: one.replaced.path if one.replaced and one.replaced.version else one.path
        for one in listed
    }


def _module(path: str, known: Mapping[str, str]) -> str | None:
    prefix = path
    while prefix:
        if prefix in known:
            return prefix
        prefix = prefix.rpartition("/")[0]
    return None if "." in path.partition("/")[0] else STDLIB


def _linked(packages: Mapping[str, set[str]], system: str, arch: str) -> Linked:
    hashes = {
        symbol_hash(path, function)
        for path, functions in packages.items()
        for function in functions
    }
    return Linked(
        packages=tuple(sorted(packages)),
        symbols=b"".join(sorted(hashes)),
        system=system,
        arch=arch,
    )


def symbol_hash(path: str, function: str) -> bytes:
    """
    Return the 4 bytes that stand for a function in ``Linked.symbols``.

    >>> symbol_hash("net/http", "Get").hex()
    '2bf4c0b3'
    """
    return hashlib.sha256(f"{path}.{function}".encode("utf-8", "replace")).digest()[:4]
