"""
Gather the packages that one lockfile or manifest pins.

Law: a package that several entries name is one package, in the scope that reaches furthest; a
dependency stays only where the file has that package; an entry without a believable name or version
is counted and said, never guessed.
Bounds: ``Limits.packages`` packages and ``Limits.dependencies`` dependencies of one file.
"""

from collections.abc import Iterable

from msgspec import Struct

from pratique.extractors.interface import partly_read
from pratique.formats.feeds.package_names import normal_name
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import LimitExceeded
from pratique.model.package import Extraction, Package, PackageType, Purl, Scope

_SPELT = {PackageType.NUGET: "NuGet", PackageType.PYPI: "PyPI"}
"""Ecosystems whose locks spell one name in several ways."""
_REACH = {Scope.DEVELOPMENT: 0, Scope.OPTIONAL: 1, Scope.RUNTIME: 2}


class Pin(Struct, frozen=True, kw_only=True):
    """
    One package as a file names it.

    ``depends`` are names or ``name@version``, spelt as the ecosystem allows. ``purl`` is given where
    it holds more than type, name and version.
    """

    type: PackageType
    name: str
    version: str
    scope: Scope = Scope.RUNTIME
    depends: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    purl: Purl | None = None
    declared: bool = True
    unpublished: bool = False


class Pins:
    """Take pins in the order of the file and give one package each."""

    def __init__(self, unit: str, limits: Limits = DEFAULT) -> None:
        """Start empty."""
        self._unit, self._limits = unit, limits
        self._pins: dict[tuple[PackageType, str, str], Pin] = {}
        self._edges = 0
        self._left_out: list[str] = []

    def add(self, pin: Pin) -> None:
        """
        Take one pin.

        Raises:
            LimitExceeded: too many packages or dependencies.
        """
        if not is_word(pin.name) or not is_word(pin.version):
            self.leave_out(f"{pin.name} {pin.version}")
            return
        key = (pin.type, _spelt(pin.type, pin.name), pin.version)
        known = self._pins.get(key)
        self._pins[key] = _joined(known, pin) if known else pin
        self._edges += len(pin.depends)
        if len(self._pins) > self._limits.packages or self._edges > self._limits.dependencies:
            raise LimitExceeded("too many packages or dependencies in one file (packages)")

    def leave_out(self, what: str) -> None:
        """Remember an entry that was not understood."""
        self._left_out.append(what[:200])

    def done(self) -> Extraction:
        """Return the packages by name and version, and one Unknown for all that was left out."""
        known = self._known()
        packages = sorted(
            (self._package(pin, known) for pin in self._pins.values()),
            key=lambda one: (one.type, one.name, one.version),
        )
        if not self._left_out:
            return Extraction(packages=tuple(packages))
        count, first = len(self._left_out), shown(self._left_out[0])
        reason = f"{count} entries were not understood, the first: {first}"
        return Extraction(packages=tuple(packages), unknowns=(partly_read(self._unit, "", reason),))

    def _known(self) -> dict[tuple[PackageType, str], str]:
        """Return what a dependency may be called, and the name it then has in the file."""
        known = {}
        for kind, spelt, version in self._pins:
            name = self._pins[kind, spelt, version].name
            known[kind, spelt] = name
            known[kind, f"{spelt}@{version}"] = f"{name}@{version}"
        return known

    def _package(self, pin: Pin, known: dict[tuple[PackageType, str], str]) -> Package:
        depends = {known.get((pin.type, _dependency(pin.type, one)), "") for one in pin.depends}
        return Package(
            type=pin.type,
            name=pin.name,
            version=pin.version,
            purl=pin.purl or language_purl(pin.type, pin.name, pin.version),
            licences=pin.licences,
            depends=tuple(sorted(depends - {""})),
            declared=pin.declared,
            scope=pin.scope,
            unpublished=pin.unpublished,
            origin=self._unit,
        )


def _dependency(kind: PackageType, name: str) -> str:
    bare, at, version = name.rpartition("@")
    return f"{_spelt(kind, bare)}@{version}" if at and bare else _spelt(kind, name)


def _spelt(kind: PackageType, name: str) -> str:
    """Return the form in which the ecosystem compares names; the others here compare them as is."""
    ecosystem = _SPELT.get(kind)
    return normal_name(ecosystem, name) if ecosystem else name


def _joined(first: Pin, second: Pin) -> Pin:
    wider = first if _REACH[first.scope] >= _REACH[second.scope] else second
    return Pin(
        type=first.type,
        name=first.name,
        version=first.version,
        scope=wider.scope,
        depends=_union(first.depends, second.depends),
        licences=_union(first.licences, second.licences),
        purl=first.purl,
        declared=first.declared,
        unpublished=first.unpublished and second.unpublished,
    )


def _union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
