"""
Read npm's lock file into one flat form: place in ``node_modules`` -> entry.

Version 1 nests ``dependencies``; versions 2 and 3 have ``packages`` with whole places as keys (2
repeats the nested form for old clients; it is not read then). Law: ``depends`` are found as Node.js
finds a module: below the package itself, then below each folder above it.
Bounds: nesting by ``Limits.json_depth``; at most ``_CLIMB`` steps up for one dependency, from a
place of at most ``_PLACE`` characters.
Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from pratique.extractors.javascript._npm import split_reference, unaliased
from pratique.formats.documents.value import mapping, text
from pratique.model.package import Scope

_MODULES = "node_modules/"
_CLIMB = 16
"""Steps up from one package; npm nests a handful deep."""
_PLACE = 1024
"""Characters of a place that is followed; real ones stay under 300."""


class Entry(Struct, rename="camel"):
    """One entry; ``object`` where real files hold more than one type."""

    name: object = ""
    version: object = ""
    resolved: object = ""
    license: object = ""
    link: object = False
    dev: object = False
    optional: object = False
    dev_optional: object = False
    requires: object = None
    dependencies: object = None
    optional_dependencies: object = None
    peer_dependencies: object = None


class Nested(Struct):
    """One entry of version 1, and of what version 2 keeps for old clients."""

    version: object = ""
    resolved: object = ""
    dev: object = False
    optional: object = False
    requires: object = None
    dependencies: "dict[str, Nested] | None" = None


class LockFile(Struct, rename="camel"):
    """What is read of the file."""

    lockfile_version: object = None
    packages: dict[str, Entry] | None = None
    dependencies: dict[str, Nested] | None = None


def entries(lock: LockFile) -> dict[str, Entry]:
    """Return the entries by place (``node_modules/a/node_modules/b``, ``packages/own``)."""
    if lock.packages is not None:
        return lock.packages
    return dict(_flat(lock.dependencies or {}))


def package_name(place: str, entry: Entry) -> str:
    """
    Return the package at ``place``: what the entry says, for an alias, or the name of the folder.

    >>> package_name("node_modules/x/node_modules/@a/b", Entry()), package_name("tools/own", Entry())
    ('@a/b', 'own')
    """
    if text(entry.name):
        return text(entry.name)
    at = place.rfind(_MODULES)
    if at == 0 or place[at - 1 : at] == "/":
        return place[at + len(_MODULES) :]
    return place.rpartition("/")[2]


def scope_of(entry: Entry) -> Scope:
    """Return what the package is for; needed by development and optionally counts as optional."""
    if entry.dev is True:
        return Scope.DEVELOPMENT
    if entry.optional is True or entry.dev_optional is True:
        return Scope.OPTIONAL
    return Scope.RUNTIME


class Places:
    """Find what packages depend on, as ``name@version``."""

    def __init__(self, all_entries: Mapping[str, Entry]) -> None:
        self._entries = all_entries
        # A name that is nowhere is not looked for in each folder.
        self._names = {place.rpartition(_MODULES)[2] for place in all_entries}

    def needs(self, place: str, entry: Entry) -> tuple[str, ...]:
        """Return the dependencies of the package at ``place``."""
        if len(place) > _PLACE:
            return ()
        found = (self._found(place, name) for name in _wanted(entry) if name in self._names)
        return tuple(reference for reference in found if reference)

    def _found(self, place: str, name: str) -> str:
        folder = place
        for _ in range(_CLIMB):
            candidate = f"{folder}/{_MODULES}{name}" if folder else _MODULES + name
            entry = self._entries.get(candidate)
            if entry is not None:
                return f"{package_name(candidate, entry)}@{text(entry.version)}"
            if not folder:
                break
            # A workspace lies beside node_modules: from there the way leads to the root.
            folder = folder.rpartition("/" + _MODULES)[0]
        return ""


def _wanted(entry: Entry) -> Iterable[str]:
    wanted = [
        name
        for part in (entry.requires, entry.dependencies, entry.optional_dependencies)
        for name in (*mapping(part), *mapping(entry.peer_dependencies))
    ]
    return dict.fromkeys(wanted)


def _flat(top: Mapping[str, Nested]) -> Iterator[tuple[str, Entry]]:
    waiting = [("", top)]
    while waiting:
        above, nested = waiting.pop()
        for name, entry in nested.items():
            place = f"{above}/{_MODULES}{name}" if above else _MODULES + name
            if entry.dependencies:
                waiting.append((place, entry.dependencies))
            yield place, _entry(name, entry)


def _entry(name: str, nested: Nested) -> Entry:
    version = text(nested.version)
    real, wanted = unaliased(name, version)
    if ":" in wanted and "/" in wanted:
        # A git repository or an archive: version 1 does not say which version is in it, but for
        # archives that carry it in their name.
        wanted = _archive_version(real, wanted)
    return Entry(
        name=real,
        version=wanted,
        resolved=nested.resolved or version,
        dev=nested.dev,
        optional=nested.optional,
        requires=nested.requires,
    )


def _archive_version(name: str, url: str) -> str:
    """Return the version in ``https://registry/name/-/name-1.2.3.tgz``, or ""."""
    base = url.rpartition("/")[2].partition("#")[0].partition("?")[0]
    start = split_reference(name)[0].rpartition("/")[2] + "-"
    if not url.startswith("http") or not base.startswith(start) or not base.endswith(".tgz"):
        return ""
    return base[len(start) : -len(".tgz")]
