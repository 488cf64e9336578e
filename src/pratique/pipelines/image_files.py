"""
Gather the files of an image that was read, and whose they are, for whoever watches it run.

A file belongs to the package that recorded it, an operating system's package before any other; in a
tree of Node.js modules to the module that it lies in. What lies inside one file (a jar, a program
with the modules linked into it) is kept by that file. Law: paths are as the kernel tells them,
links resolved; where a layer was not read whole, the files are not said to be complete.
"""

from collections.abc import Iterable, Iterator, Mapping

from pratique.formats.overlay.tree import MergedTree
from pratique.kit.image_files import MOST_FILES, FileRow, ImageFiles, hold
from pratique.model.errors import LimitExceeded
from pratique.model.layer import EntryKind
from pratique.model.package import OwnedFile, Package, PackageType
from pratique.model.paths import encode_path
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.inspect_image import Inspected

_OF_THE_SYSTEM = frozenset(
    [PackageType.DEB, PackageType.RPM, PackageType.APK, PackageType.ALPM, PackageType.OPKG]
)
_MODULES = "node_modules/"
_MANIFEST = "/package.json"


class FileKeeper:
    """Hold the packed files of the images of one run, by digest, until they are stored."""

    def __init__(self) -> None:
        self.packed: dict[str, bytes] = {}

    def take(
        self,
        digest: str,
        inspected: Inspected,
        packages: Iterable[Package],
        owned: Mapping[str, tuple[OwnedFile, ...]],
    ) -> None:
        """Keep the files of one image."""
        found = image_files(inspected.tree, tuple(packages), owned, inspected.unknowns)
        self.packed[digest] = found.packed()


def image_files(
    tree: MergedTree,
    packages: tuple[Package, ...],
    owned: Mapping[str, tuple[OwnedFile, ...]],
    unknowns: Iterable[Unknown] = (),
) -> ImageFiles:
    """Return the files of an image with their packages and digests."""
    installed = [one for one in packages if not one.declared]
    owners = _owners(tree, installed, owned)
    folders = {
        one.location.removesuffix(_MANIFEST): one.key
        for one in installed
        if one.location.endswith(_MANIFEST) and _MODULES in one.location
    }
    return hold(
        _rows(tree, owners, folders),
        _inside(tree, installed),
        complete=not any(map(_hides_files, unknowns)),
    )


def as_observed(path: str) -> str:
    """
    Return a path of an image as observations have it.

    >>> as_observed("usr/bin/sh"), as_observed("caf\\uf7e9")
    ('/usr/bin/sh', '/caf\\ufffd')
    """
    return "/" + (path if path.isascii() else encode_path(path).decode(errors="replace"))


def _rows(
    tree: MergedTree, owners: Mapping[str, str], folders: Mapping[str, str]
) -> Iterator[FileRow]:
    for leaf in tree.leaves():
        entry = leaf.entry
        if entry.kind is EntryKind.FILE:
            path = entry.path
            owner = owners.get(path) or (_module_of(path, folders) if _MODULES in path else "")
            yield FileRow(as_observed(path), owner, entry.content)


def _owners(
    tree: MergedTree, packages: Iterable[Package], owned: Mapping[str, tuple[OwnedFile, ...]]
) -> dict[str, str]:
    """Return the package of each file that one recorded, by the file's real path."""
    found: dict[str, str] = {}
    try:
        for one in sorted(packages, key=lambda one: (one.type not in _OF_THE_SYSTEM, one.key)):
            for file in owned.get(one.key, ()):
                node = tree.get(file.path)
                if node is not None:
                    found.setdefault(node.entry.path, one.key)
                if len(found) >= MOST_FILES:
                    return found
    except LimitExceeded:  # links that never end: the rest has no owner, which says nothing
        return found
    return found


def _inside(tree: MergedTree, packages: Iterable[Package]) -> dict[str, list[str]]:
    """Return what single files hold: packages that were found in them, by path."""
    found: dict[str, list[str]] = {}
    try:
        for one in packages:
            node = tree.get(one.location.partition("!")[0]) if one.location else None
            if node is not None and node.entry.kind is EntryKind.FILE:
                found.setdefault(as_observed(node.entry.path), []).append(one.key)
    except LimitExceeded:
        return found
    return found


def _module_of(path: str, folders: Mapping[str, str]) -> str:
    """Return the module whose folder a file lies in, the innermost one."""
    folder = path.rpartition("/")[0]
    while _MODULES in f"{folder}/":
        key = folders.get(folder)
        if key:
            return key
        folder = folder.rpartition("/")[0]
    return ""


def _hides_files(unknown: Unknown) -> bool:
    return unknown.stage in (Stage.LAYER, Stage.MERGE) and unknown.weight is Weight.BLOCKING
