"""
Tell which package a licence file belongs to, by where it lies.

A file belongs to the package that recorded it as its own; to the OS package after which its folder
in ``usr/share/doc`` or ``usr/share/licenses`` is named, in the tree or in a ``.deb`` that was left
behind; or to the package whose metadata lie beside it (``x.dist-info/``, ``node_modules/x/``,
``gems/x-1.0/``, the same jar). Any other file belongs to nobody. Law: two packages whose metadata are one file own nothing beside it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from pratique.model.package import OS_TYPES, LayerRef, OwnedFile, Package, PackageType
from pratique.model.spot import Spot

_NAMED_FOLDER = re.compile(r"^usr/share/(?:doc|licenses)/([^/]+)/")
_LEFT_ARCHIVE = re.compile(r"\.deb!data\.tar[^!]*!")
"""What stands before a path in the tree, in Debian's packages that were not deleted after installation."""
_GEMSPEC = re.compile(r"^(.*?)specifications/(?:default/)?([^/]+)\.gemspec$")
_INSIDE = ("dist-info", "egg-info")


class LicenceFile(Struct, frozen=True):
    """What the licence scanner saw in one file that stands in the merged tree."""

    location: str
    spots: tuple[Spot, ...]
    layer: LayerRef | None = None


def owners(
    packages: Iterable[Package],
    owned: Mapping[str, tuple[OwnedFile, ...]],
    files: Iterable[LicenceFile],
) -> dict[str, str]:
    """Return ``Package.key`` by the location of each licence file that belongs to a package."""
    packages = [one for one in packages if not one.declared]
    wanted = {one.location for one in files}
    found = _recorded(owned, wanted)
    by_name = {one.name: one.key for one in packages if one.type in OS_TYPES}
    homes = _homes(packages)
    for location in sorted(wanted - found.keys()):
        left = _LEFT_ARCHIVE.search(location)
        match = _NAMED_FOLDER.match(location[left.end() :] if left else location)
        key = by_name.get(match[1]) if match else _beside(location, homes)
        if key:
            found[location] = key
    return found


def _recorded(owned: Mapping[str, tuple[OwnedFile, ...]], wanted: set[str]) -> dict[str, str]:
    return {
        file.path: key for key, listed in owned.items() for file in listed if file.path in wanted
    }


def _homes(packages: Iterable[Package]) -> dict[str, str]:
    """Return the folders (or archives, with a ``!`` behind) that hold one package each."""
    language = [one for one in packages if one.type not in OS_TYPES and one.location]
    shared = Counter(one.location for one in language)
    return {_home(one): one.key for one in language if shared[one.location] == 1}


def _home(package: Package) -> str:
    location = package.location
    if gem := _GEMSPEC.match(location):
        return f"{gem[1]}gems/{gem[2]}"
    if package.type is PackageType.MAVEN:
        return location + "!"
    return location.rpartition("/")[0]


def _beside(location: str, homes: Mapping[str, str]) -> str:
    archive, mark, _ = location.rpartition("!")
    if mark and (key := homes.get(archive + "!")):
        return key
    folder = location.rpartition("/")[0]
    for _ in range(4):
        key = homes.get(folder, "")
        parent, _, name = folder.rpartition("/")
        if key:
            return key
        # Only folders for licences lie between a package's metadata and its licence files.
        if not parent or not (name.lower().startswith("licen") or _INSIDE[0] in parent):
            return ""
        folder = parent
    return ""
