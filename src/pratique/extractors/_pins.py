"""
Gather the packages that one lockfile or manifest pins.

Law: a package that several entries name is one package, in the scope that reaches furthest; a
dependency stays only where the file has that package; an entry without a believable name or version
is counted and said, never guessed.
Bounds: ``PINS`` and ``Limits.packages`` packages and ``Limits.dependencies`` dependencies of one file.
"""

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
PINS = 50_000
"""Packages of one file; the largest real locks have some thousand."""
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
        self._pins: dict[tuple[PackageType, str, str], _Entry] = {}
        self._edges = 0
        self._left_out, self._first_left_out = 0, ""

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
        entry = self._pins.get(key)
        if entry is None:
            entry = self._pins[key] = _Entry(pin)
        entry.join(pin)
        self._edges += len(pin.depends)
        most = min(PINS, self._limits.packages)
        if len(self._pins) > most or self._edges > self._limits.dependencies:
            raise LimitExceeded("too many packages or dependencies in one file (packages)")

    def leave_out(self, what: str) -> None:
        """Remember an entry that was not understood."""
        self._first_left_out = self._first_left_out if self._left_out else what[:200]
        self._left_out += 1

    def done(self) -> Extraction:
        """Return the packages by name and version, and one Unknown for all that was left out."""
        known = self._known()
        packages = sorted(
            (self._package(entry, known) for entry in self._pins.values()),
            key=lambda one: (one.type, one.name, one.version),
        )
        if not self._left_out:
            return Extraction(packages=tuple(packages))
        reason = f"{self._left_out} entries were not understood, the first: "
        reason += shown(self._first_left_out)
        return Extraction(packages=tuple(packages), unknowns=(partly_read(self._unit, "", reason),))

    def _known(self) -> dict[tuple[PackageType, str], str]:
        """Return what a dependency may be called, and the name it then has in the file."""
        known = {}
        for kind, spelt, version in self._pins:
            name = self._pins[kind, spelt, version].pin.name
            known[kind, spelt] = name
            known[kind, f"{spelt}@{version}"] = f"{name}@{version}"
        return known

    def _package(self, entry: "_Entry", known: dict[tuple[PackageType, str], str]) -> Package:
        pin = entry.pin
        depends = {known.get((pin.type, _dependency(pin.type, one)), "") for one in entry.depends}
        return Package(
            type=pin.type,
            name=pin.name,
            version=pin.version,
            purl=pin.purl or language_purl(pin.type, pin.name, pin.version),
            licences=tuple(entry.licences),
            depends=tuple(sorted(depends - {""})),
            declared=pin.declared,
            scope=entry.scope,
            unpublished=entry.unpublished,
            origin=self._unit,
        )


class _Entry:
    """Join what several pins say of one package; the first gives its name and package URL."""

    def __init__(self, pin: Pin) -> None:
        self.pin = pin
        self.scope = pin.scope
        self.unpublished = pin.unpublished
        self.depends: dict[str, None] = {}
        self.licences: dict[str, None] = {}

    def join(self, pin: Pin) -> None:
        if _REACH[pin.scope] > _REACH[self.scope]:
            self.scope = pin.scope
        self.unpublished = self.unpublished and pin.unpublished
        self.depends.update(dict.fromkeys(pin.depends))
        self.licences.update(dict.fromkeys(pin.licences))


def _dependency(kind: PackageType, name: str) -> str:
    bare, at, version = name.rpartition("@")
    return f"{_spelt(kind, bare)}@{version}" if at and bare else _spelt(kind, name)


def _spelt(kind: PackageType, name: str) -> str:
    """Return the form in which the ecosystem compares names; the others here compare them as is."""
    ecosystem = _SPELT.get(kind)
    return normal_name(ecosystem, name) if ecosystem else name
