"""
Drop the packages that programs say they belong to, where a package database says it already.

Law: a package known from an ELF note only stays when no package of the same type, from another
source, has its name (as package or as source package) and its version, epochs aside; of several
programs with equal notes, the first by place speaks for all.
"""

from collections.abc import Sequence

from pratique.model.package import OS_TYPES, Package, PackageType

ORIGIN = "elf_note"

_Key = tuple[PackageType, str, str]


def without_repeated_notes(packages: Sequence[Package]) -> tuple[Package, ...]:
    """Return the packages in their order, without notes that repeat another or a database."""
    known: set[_Key] = set()
    first: dict[_Key, str] = {}
    for one in packages:
        if one.origin == ORIGIN:
            key = _own(one)
            first[key] = min(first.get(key, one.location), one.location)
        elif one.type in OS_TYPES:
            known.add(_own(one))
            version = one.source_version or one.version
            known.add((one.type, one.source_name, _without_epoch(version)))
    return tuple(
        one
        for one in packages
        if one.origin != ORIGIN or (_own(one) not in known and first[_own(one)] == one.location)
    )


def _own(package: Package) -> _Key:
    return package.type, package.name, _without_epoch(package.version)


def _without_epoch(version: str) -> str:
    epoch, colon, rest = version.partition(":")
    return rest if colon and epoch.isdigit() else version
