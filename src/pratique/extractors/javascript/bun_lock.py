"""
List what ``bun.lock`` pins (the text form, since Bun 1.2; JSON with trailing commas).

``packages`` maps places (``a``, or ``a/b`` for the ``b`` that only ``a`` sees) to lists that start
with ``name@version`` and hold what the package depends on. Workspaces, links and folders are left
out, git and archives too, because the file does not say their version. What nothing but
``devDependencies`` of the workspaces leads to is for development.
Bounds: ``_CLIMB`` steps up for one dependency, from a place of ``_PLACE`` characters.
The older binary ``bun.lockb`` is not read. Source: https://bun.com/docs/pm/lockfile and
oven-sh/bun, src/install/lockfile/bun.lock.rs (``TextLockfile``).
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._jsonc import plain_json
from pratique.extractors.javascript._npm import is_name, is_version, split_reference
from pratique.extractors.javascript._reach import reached
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import items, mapping, text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "bun_lock"
VERSION = 1
PATTERNS = Patterns(names=("bun.lock",), max_bytes=16 << 20)
_NEEDS = ("dependencies", "optionalDependencies", "peerDependencies")
_CLIMB, _PLACE = 16, 1024


class _Lock(Struct, rename="camel"):
    lockfile_version: int | None = None
    workspaces: dict[str, object] = {}
    packages: dict[str, list[object]] = {}


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(plain_json(file.content()), _Lock)
    if lock.lockfile_version is None:
        raise FormatError("no lock file of Bun: no lockfileVersion")
    pins, tree = Pins(NAME), _Tree(lock)
    runtime = reached(tree.roots(), tree.needs)
    for place in lock.packages:
        name, version = tree.package(place)
        if ":" in version or not version:
            continue
        if not is_name(name) or not is_version(version):
            pins.leave_out(f"{place} {name} {version}")
            continue
        pins.add(
            Pin(
                type=PackageType.NPM,
                name=name,
                version=version,
                scope=Scope.RUNTIME if place in runtime else Scope.DEVELOPMENT,
                depends=tuple("@".join(tree.package(need)) for need in tree.needs(place)),
            )
        )
    return pins.done()


class _Tree:
    """Find what is needed, by place."""

    def __init__(self, lock: _Lock) -> None:
        self._lock = lock
        # A name that is nowhere is not looked for in each folder.
        self._names = {place.removeprefix(_above(place)).strip("/") for place in lock.packages}

    def package(self, place: str) -> tuple[str, str]:
        """Return name and version of what is at ``place``."""
        entry = self._lock.packages[place]
        return split_reference(text(entry[0])) if entry else ("", "")

    def roots(self) -> Iterator[str]:
        """Yield what the workspaces need to run."""
        for workspace in self._lock.workspaces.values():
            own = mapping(workspace)
            for part in _NEEDS:
                for name in mapping(own.get(part)):
                    yield from self._found(text(own.get("name")), name)

    def needs(self, place: str) -> Iterator[str]:
        """Yield what the package at ``place`` needs."""
        # [name@version, registry, details, integrity]; git and archives leave parts out.
        parts = items(self._lock.packages[place])[1:4]
        details = next((mapping(part) for part in parts if mapping(part)), {})
        for part in _NEEDS:
            for name in mapping(details.get(part)):
                yield from self._found(place, name)

    def _found(self, place: str, name: str) -> Iterator[str]:
        """Yield the place of a dependency: below the package, else below what holds it."""
        if name not in self._names or len(place) > _PLACE:
            return
        for _ in range(_CLIMB):
            candidate = f"{place}/{name}" if place else name
            if candidate in self._lock.packages:
                yield candidate
                return
            if not place:
                return
            place = _above(place)


def _above(place: str) -> str:
    """
    Return the place around ``place``; a scope is no place of its own.

    >>> _above("a/@b/c"), _above("@b/c/d"), _above("@b/c")
    ('a', '@b/c', '')
    """
    holder = place.rpartition("/")[0]
    last = holder.rpartition("/")[2]
    return holder.rpartition("/")[0] if last.startswith("@") else holder
