"""
Name the package databases that tools read, by package manager.

The same places as the extractors' ``PATTERNS`` (a test compares them): a sign asks what became of
a database, an extractor what it says.
"""

from collections.abc import Iterator

from pratique.formats.overlay.tree import MergedTree
from pratique.model.layer import EntryKind
from pratique.model.package import PackageType

_RPM = ("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm")
FILES: dict[PackageType, tuple[str, ...]] = {
    PackageType.DEB: ("var/lib/dpkg/status",),
    PackageType.APK: ("lib/apk/db/installed", "usr/lib/apk/db/installed"),
    PackageType.RPM: (
        *(
            f"{folder}/{name}"
            for folder in _RPM
            for name in ("rpmdb.sqlite", "Packages.db", "Packages")
        ),
        "var/lib/rpmmanifest/container-manifest-2",
    ),
    PackageType.OPKG: tuple(f"{top}/lib/opkg/status" for top in ("usr", "var", "opt")),
}
"""Databases that are one file."""

FOLDERS: dict[PackageType, str] = {
    PackageType.DEB: "var/lib/dpkg/status.d",
    PackageType.ALPM: "var/lib/pacman/local",
}
"""Databases that are a folder of files."""

MANAGERS = (*FILES, PackageType.ALPM)


def present(tree: MergedTree, manager: PackageType) -> bool:
    """Say whether a database of this manager, not empty, is in the merged tree."""
    for path in FILES.get(manager, ()):
        node = tree.get(path)
        if node and node.entry.kind is EntryKind.FILE and node.entry.size_bytes:
            return True
    folder = FOLDERS.get(manager, "")
    return bool(folder and any(tree.children(folder)))


def written(tree: MergedTree, manager: PackageType) -> Iterator[tuple[str, int]]:
    """Yield (path, index of the last layer that wrote it, not empty) of a manager's files."""
    folder = FOLDERS.get(manager, "")
    below = tree.written_below(folder) if folder else ()
    for path in (*FILES.get(manager, ()), *below):
        layers = [layer.index for layer, content in tree.versions(path) if layer and content]
        if layers:
            yield path, layers[-1]
