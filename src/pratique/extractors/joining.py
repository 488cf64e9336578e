"""
Join packages of languages, and programs, with the packages of the distribution they are a part of.

Law: a package is joined only when all of this holds; whatever is missing or differs leaves it
apart. It is the image's own word all the same (see ADR 11):

1. an OS package recorded the very file the package was found in (with ``/usr`` merged or not),
2. it recorded a digest, and the file's digest is that one now,
3. the upstream version of the OS package is the package's own (``same_upstream``), or the OS
   package says that it holds the package in that version (``is_offered``). For a
   program its numbers are enough (``same_release``): an OS package of another version that brings
   it holds a copy, of which its distribution says nothing, or was made up to hide the program.

A library inside an archive is judged by the outer file. Where several OS packages fit, the one with
the least key is taken. Bounds: one pass over what the OS packages recorded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.extractors._offers import is_offered
from pratique.extractors._upstream import same_release, same_upstream
from pratique.model.package import OS_TYPES, OwnedFile, Package, PackageType

DigestOf = Callable[[str, str], str]
"""Return the digest (hex) of the file at a path by an algorithm, empty where it is not known."""

_MERGED = ("bin/", "sbin/", "lib/", "lib32/", "lib64/", "libx32/")


class _Owner(Struct, frozen=True):
    """One OS package that recorded a file, the digest it recorded, and what it says it holds."""

    package: Package
    algorithm: str
    digest: str
    offers: Sequence[tuple[str, str]]


def join(
    packages: Sequence[Package],
    owned: Mapping[str, Sequence[OwnedFile]],
    digest_of: DigestOf,
    offers: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> tuple[Package, ...]:
    """
    Return the packages in their order, ``owner`` set where the law holds.

    A program that is a file of an OS package is that package already, and is left out.

    Args:
        packages: all packages of one subject.
        owned: the files each OS package recorded, by ``Package.key``.
        digest_of: asked only for files that an OS package recorded, with the algorithm it used.
        offers: what each OS package says it holds (name, version), by ``Package.key``.
    """
    wanted = {spelling for one in packages if _may_join(one) for spelling in _spellings(one)}
    if not wanted:
        return tuple(packages)
    owners = _owners(packages, owned, wanted, offers or {})
    joined = (_joined(one, owners, digest_of) if _may_join(one) else one for one in packages)
    return tuple(one for one in joined if not (one.type is PackageType.GENERIC and one.owner))


def _may_join(package: Package) -> bool:
    return package.type not in OS_TYPES and not package.declared and bool(package.location)


def _spellings(package: Package) -> tuple[str, ...]:
    """Return the paths under which a package's file may be recorded."""
    path = package.location.partition("!")[0].lstrip("/")
    if path.startswith(_MERGED):
        return path, f"usr/{path}"
    bare = path.removeprefix("usr/")
    return (path, bare) if bare != path and bare.startswith(_MERGED) else (path,)


def _owners(
    packages: Iterable[Package],
    owned: Mapping[str, Sequence[OwnedFile]],
    wanted: set[str],
    offers: Mapping[str, Sequence[tuple[str, str]]],
) -> dict[str, list[_Owner]]:
    found: dict[str, list[_Owner]] = {}
    for package in sorted(packages, key=lambda one: one.key):
        if package.type not in OS_TYPES:
            continue
        for file in owned.get(package.key, ()):
            if file.path in wanted and file.digest:
                algorithm, _, digest = file.digest.partition(":")
                said = offers.get(package.key, ())
                owner = _Owner(package, algorithm.lower(), digest.lower(), said)
                found.setdefault(file.path, []).append(owner)
    return found


def _joined(
    package: Package, owners: Mapping[str, Sequence[_Owner]], digest_of: DigestOf
) -> Package:
    here = package.location.partition("!")[0].lstrip("/")
    for spelling in _spellings(package):
        for owner in owners.get(spelling, ()):
            if _agrees(package, owner) and digest_of(here, owner.algorithm) == owner.digest:
                return replace(package, owner=owner.package.key)
    return package


def _agrees(package: Package, owner: _Owner) -> bool:
    if not owner.digest:
        return False
    if package.type is PackageType.GENERIC:
        return "!" not in package.location and same_release(owner.package, package)
    return same_upstream(owner.package, package) or is_offered(owner.package, package, owner.offers)
