"""
List what ``uv.lock`` resolves, and the locks of single scripts (``script.py.lock``).

Law: each ``[[package]]`` with a version is one package. What the project's own packages need is for
running; what only their extras lead to is optional; what only their development groups lead to is
for development; an edge whose marker no Linux passes counts as an extra. The project's own packages
(``virtual``, ``editable``, ``directory``) are listed as unpublished.
Bounds: ``Limits.dependencies`` edges, each counted for every version its name has.
Source: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile;
astral-sh/uv crates/uv-resolver/src/lock
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python._locked import lock_of, tables
from pratique.extractors.python._pypi import elsewhere
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.kit.limits import DEFAULT
from pratique.model.errors import LimitExceeded
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "uv_lock"
VERSION = 1
PATTERNS = Patterns(names=("uv.lock",), suffixes=(".py.lock",), max_bytes=16 << 20)
_LOCAL = frozenset(("virtual", "editable", "directory"))
_RANK = {Scope.RUNTIME: 0, Scope.OPTIONAL: 1, Scope.DEVELOPMENT: 2}
_Table = dict[str, Value]


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a uv.lock."""
    if inside_dependency(file.path):
        return Extraction()
    lock = lock_of(file, "version", "package")
    packages = list(tables(lock, "package"))
    scopes = _Scopes(packages)
    scopes.spread(lock)
    pins = Pins(NAME)
    for number, package in enumerate(packages):
        if "version" in package:
            pins.add(_pin(package, scopes.of(number)))
    return pins.done()


def _is_local(package: _Table) -> bool:
    return not _LOCAL.isdisjoint(mapping(package.get("source")))


def _pin(package: _Table, scope: Scope) -> Pin:
    return Pin(
        type=PackageType.PYPI,
        name=text(package.get("name")),
        version=text(package.get("version")),
        scope=scope,
        depends=tuple(_target(edge) for edge in _edges(package.get("dependencies"))),
        unpublished=_is_local(package),
    )


def _target(edge: _Table) -> str:
    # uv writes the version where the lock has several of that name.
    name, version = text(edge.get("name")), text(edge.get("version"))
    return f"{name}@{version}" if version else name


def _edges(value: Value) -> Iterator[_Table]:
    return (mapping(one) for one in items(value))


class _Scopes:
    """Spread the scopes from the project's own packages over the graph, the widest first."""

    def __init__(self, packages: list[_Table]) -> None:
        self._packages = packages
        self._found: dict[int, Scope] = {}
        self._extras: set[tuple[int, str]] = set()
        self._numbers: dict[str, list[int]] = {}
        self._room = DEFAULT.dependencies
        for number, package in enumerate(packages):
            name, version = text(package.get("name")), text(package.get("version"))
            self._numbers.setdefault(name, []).append(number)
            self._numbers.setdefault(f"{name}@{version}", []).append(number)
        self._waiting: dict[Scope, list[tuple[int, _Table]]] = {scope: [] for scope in _RANK}

    def of(self, number: int) -> Scope:
        """Return the scope of a package; one that nothing leads to may be needed."""
        return self._found.get(number, Scope.RUNTIME)

    def spread(self, lock: _Table) -> None:
        """Follow all edges from the project's own packages and a script's own requirements."""
        manifest = mapping(lock.get("manifest"))
        self._push(_edges(manifest.get("requirements")), Scope.RUNTIME)
        for group in mapping(manifest.get("dependency-groups")).values():
            self._push(_edges(group), Scope.DEVELOPMENT)
        for package in self._packages:
            if _is_local(package):
                self._push(_edges(package.get("dependencies")), Scope.RUNTIME)
                self._push_all(package.get("optional-dependencies"), Scope.OPTIONAL)
                self._push_all(package.get("dev-dependencies"), Scope.DEVELOPMENT)
        for scope in _RANK:
            self._drain(scope)

    def _push_all(self, groups: Value, scope: Scope) -> None:
        for group in mapping(groups).values():
            self._push(_edges(group), scope)

    def _push(self, edges: Iterator[_Table], scope: Scope) -> None:
        for edge in edges:
            away = not scope and elsewhere(text(edge.get("marker")))
            reached = Scope.OPTIONAL if away else scope
            numbers = self._numbers.get(_target(edge), [])
            self._room -= len(numbers)
            if self._room < 0:
                raise LimitExceeded("too many dependencies in one file (dependencies)")
            self._waiting[reached].extend((number, edge) for number in numbers)

    def _drain(self, scope: Scope) -> None:
        waiting = self._waiting[scope]
        while waiting:
            number, edge = waiting.pop()
            package = self._packages[number]
            if number not in self._found:
                self._found[number] = scope
                self._push(_edges(package.get("dependencies")), scope)
            for extra in (text(one) for one in items(edge.get("extra"))):
                if (number, extra) not in self._extras:
                    self._extras.add((number, extra))
                    groups = mapping(package.get("optional-dependencies"))
                    self._push(_edges(groups.get(extra)), scope)
