"""
List what ``pnpm-lock.yaml`` pins, of lock file versions 5 to 9.

A key is ``/name/1.2.3_peers`` (5), ``/name@1.2.3(peers)`` (6) or ``name@1.2.3`` (9, with what each
depends on in ``snapshots``); a dependency from git or an archive has its ``version`` inside. The
same package with other peers is one package. Folders of the project (``link:``, resolution of type
``directory``) are left out. Versions 5 and 6 mark what is for development; in version 9 it is what
nothing but ``devDependencies`` of the importers leads to. pnpm 11 and later may write two
documents: the first pins pnpm itself, which is for development, and the config dependencies, which
it installs.
Source: https://pnpm.io/lockfile; pnpm/spec, lockfile/5.2.md, 6.0.md, 9.0.md
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._npm import is_name, is_version
from pratique.extractors.javascript._pnpm import bare, key_of, major, name_and_version
from pratique.extractors.javascript._reach import reached
from pratique.formats.documents.value import Value, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pnpm_lock"
VERSION = 1
PATTERNS = Patterns(names=("pnpm-lock.yaml",), max_bytes=16 << 20)
_LINKS = ("link:", "workspace:")
_NEEDS = ("dependencies", "optionalDependencies")
_ROOTS = (*_NEEDS, "configDependencies")


class _Lock(Struct):
    """One document: ``nodes`` are what keys with peers depend on, ``packages`` what they are."""

    format: int
    packages: dict[str, Value]
    nodes: dict[str, Value]
    importers: list[dict[str, Value]]


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for content in _documents(file.content()):
        lock = _lock(mapping(parse_yaml(content)))
        runtime = _runtime(lock)
        for key, node in lock.nodes.items():
            _add(pins, lock, key, _scope(lock, key, mapping(node), runtime))
    return pins.done()


def _documents(content: bytes) -> Iterable[bytes]:
    """Return the two documents, where there are two: a reader of YAML stops after the first."""
    first, mark, second = content.removeprefix(b"---\n").partition(b"\n---\n")
    return (first, second) if mark else (first,)


def _lock(document: dict[str, Value]) -> _Lock:
    if "lockfileVersion" not in document:
        raise FormatError("no lock file of pnpm: no lockfileVersion")
    format_ = major(text(document["lockfileVersion"]))
    if not 5 <= format_ <= 9:
        raise FormatError(f"a lock file of pnpm of unknown version {format_}")
    packages = mapping(document.get("packages"))
    importers = [mapping(one) for one in mapping(document.get("importers")).values()]
    return _Lock(
        format=format_,
        packages=packages,
        nodes=mapping(document.get("snapshots")) if format_ >= 9 else packages,
        importers=importers or [document],
    )


def _runtime(lock: _Lock) -> set[str]:
    return reached(_roots(lock), lambda key: _needs(lock, key))


def _roots(lock: _Lock) -> Iterator[str]:
    for importer in lock.importers:
        for part in _ROOTS:
            for name, wanted in mapping(importer.get(part)).items():
                # Since version 6 (and in "inlineSpecifiers") a mapping of specifier and version.
                reference = text(wanted) or text(mapping(wanted).get("version"))
                yield from _found(lock, name, reference)


def _needs(lock: _Lock, key: str) -> Iterator[str]:
    node = mapping(lock.nodes.get(key))
    for part in _NEEDS:
        for name, reference in mapping(node.get(part)).items():
            yield from _found(lock, name, text(reference))


def _found(lock: _Lock, name: str, reference: str) -> Iterator[str]:
    for key in key_of(name, reference, lock.format):
        if key in lock.nodes:
            yield key
            return


def _scope(lock: _Lock, key: str, node: dict[str, Value], runtime: set[str]) -> Scope:
    development = key not in runtime if lock.format >= 9 else text(node.get("dev")) == "true"
    if development:
        return Scope.DEVELOPMENT
    return Scope.OPTIONAL if text(node.get("optional")) == "true" else Scope.RUNTIME


def _add(pins: Pins, lock: _Lock, key: str, scope: Scope) -> None:
    name, version = _package(lock, key)
    if _is_folder(lock, key) or version.startswith(_LINKS):
        return
    if not is_name(name) or not is_version(version):
        pins.leave_out(key)
        return
    depends = tuple("@".join(_package(lock, need)) for need in _needs(lock, key))
    pins.add(Pin(type=PackageType.NPM, name=name, version=version, scope=scope, depends=depends))


def _package(lock: _Lock, key: str) -> tuple[str, str]:
    entry = mapping(lock.packages.get(key) or lock.packages.get(bare(key)))
    name, version = name_and_version(key, lock.format)
    return text(entry.get("name")) or name, text(entry.get("version")) or version


def _is_folder(lock: _Lock, key: str) -> bool:
    entry = mapping(lock.packages.get(key) or lock.packages.get(bare(key)))
    return text(mapping(entry.get("resolution")).get("type")) == "directory"
