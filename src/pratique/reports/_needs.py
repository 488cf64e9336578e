"""
Tell which packages of a subject need which: the edges of the graph in an SBOM.

A package says what it needs by name, or by ``name@version`` where its lockfile says which of
several. Law: an edge never leaves the package type; of several packages of one name those are
meant that the same file lists, else those of the same architecture that lie nearest (the longest
common folder), as an interpreter would look for them. Bounds: of more than ``_MOST_ALIKE`` equally
near ones none is meant.
"""

from collections.abc import Iterable

from pratique.model.package import Package, PackageType
from pratique.reports._subjects import Place

_MOST_ALIKE = 64

_Bearers = dict[tuple[PackageType, str], dict[str, list[tuple[str, Package]]]]
"""Type and name → location → the packages there with their references."""


def dependencies(place: Place) -> dict[str, tuple[str, ...]]:
    """Return, for each package's reference, the sorted references of the packages it needs."""
    bearers: _Bearers = {}
    for ref, package in place.packages:
        named = bearers.setdefault((package.type, _folded(package.type, package.name)), {})
        named.setdefault(package.location, []).append((ref, package))
    needs = {}
    for ref, package in place.packages:
        found = {other for name in package.depends for other in _meant(name, package, bearers)}
        needs[ref] = tuple(sorted(found - {ref}))
    return needs


def is_manifested(package: Package) -> bool:
    """Return whether nothing but a lockfile speaks for a package."""
    return package.declared and bool(package.location)


def manifests(place: Place) -> tuple[str, ...]:
    """Return the sorted locations of the lockfiles that name packages."""
    return tuple(sorted({one.location for _, one in place.packages if is_manifested(one)}))


def owners(place: Place) -> list[tuple[str, str]]:
    """Return (reference of an OS package, reference of a package that is a part of it)."""
    by_key = {package.key: ref for ref, package in place.packages}
    pairs = ((by_key.get(package.owner), ref) for ref, package in place.packages)
    return [(owner, ref) for owner, ref in pairs if owner is not None and owner != ref]


def _meant(text: str, package: Package, bearers: _Bearers) -> list[str]:
    """Return the references that one word of ``depends`` means."""
    named = bearers.get((package.type, _folded(package.type, text)))
    if named is not None:
        return _nearest(named, package, "")
    name, _, version = text.rpartition("@")
    named = bearers.get((package.type, _folded(package.type, name))) if name else None
    return _nearest(named, package, version) if named else []


def _nearest(
    named: dict[str, list[tuple[str, Package]]], package: Package, version: str
) -> list[str]:
    here = _suited(named.get(package.location, ()), package, version)
    if here:
        return here
    folder = _folder(package.location)
    best: list[str] = []
    most = -1
    for location in named if len(named) <= _MOST_ALIKE else ():
        shared = _common_parts(folder, _folder(location))
        suited = _suited(named[location], package, version) if shared >= most else []
        if suited:
            best = best + suited if shared == most else suited
            most = shared
    return best if len(best) <= _MOST_ALIKE else []


def _suited(found: Iterable[tuple[str, Package]], package: Package, version: str) -> list[str]:
    """Return the references of the wanted version, of the same architecture where there is one."""
    right = [(ref, one) for ref, one in found if not version or one.version == version]
    same = [ref for ref, one in right if one.arch == package.arch]
    return same or [ref for ref, _ in right]


def _folder(location: str) -> str:
    return location.rpartition("/")[0]


def _common_parts(first: str, second: str) -> int:
    shared = 0
    for one, other in zip(first.split("/"), second.split("/"), strict=False):
        if one != other:
            break
        shared += 1
    return shared


def _folded(kind: PackageType, name: str) -> str:
    """Return a name in the spelling its ecosystem compares."""
    if kind is PackageType.PYPI:
        return "-".join(filter(None, name.lower().replace("_", "-").replace(".", "-").split("-")))
    return name
