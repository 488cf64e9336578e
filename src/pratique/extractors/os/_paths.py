"""
Say where a recorded path stands in the merged tree.

Databases record ``/bin/sh`` while the merged tree of a system with a merged /usr holds
``usr/bin/sh`` and a symlink ``bin``. Only these links of the root folder are followed, so the cost
is a prefix test a path.
"""

from pratique.model.layer import EntryKind
from pratique.model.package import OwnedFile
from pratique.model.units import FileTree

_ALIASES = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")


class RealPaths:
    """
    The root folder's symlinks into usr, as one tree has them.

    ``prefixes`` are their names with a slash: a path that starts with none stands where it says.
    """

    def __init__(self, tree: FileTree) -> None:
        self._targets: dict[str, str] = {}
        for name in _ALIASES:
            node = tree.lstat(name)
            if node is None or node.entry.kind != EntryKind.SYMLINK:
                continue
            target = node.entry.link.strip("/")
            if target.startswith("usr/") and target[4:] in _ALIASES:
                self._targets[name + "/"] = target + "/"
        self.prefixes = tuple(self._targets)

    def of(self, path: str) -> str:
        """Return where ``path`` stands."""
        if self.prefixes and path.startswith(self.prefixes):
            for prefix, target in self._targets.items():
                if path.startswith(prefix):
                    return target + path[len(prefix) :]
        return path

    def of_files(self, files: tuple[OwnedFile, ...]) -> tuple[OwnedFile, ...]:
        """Return owned files with their paths as they stand."""
        if not self.prefixes:
            return files
        return tuple(
            OwnedFile(self.of(file.path), file.digest, file.config)
            if file.path.startswith(self.prefixes)
            else file
            for file in files
        )
