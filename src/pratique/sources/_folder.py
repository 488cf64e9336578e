"""
Hand out the files of an OCI layout that lie in a directory of this machine.

Law: blobs must be regular files; links are followed, as build systems lay out blobs by links, and
content is verified anyway.
"""

import os
from pathlib import Path
from typing import BinaryIO

from pratique.kit.limits import Limits
from pratique.kit.window import WindowReader, as_binary
from pratique.sources._archive import open_regular
from pratique.sources.interface import InvalidImage, TargetNotFound


class Folder:
    """The files of one layout."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self.label = str(path)

    def has(self, name: str) -> bool:
        """Return whether there is such a regular file."""
        return (self._path / name).is_file()

    def read_small(self, name: str) -> bytes:
        """Return a document whole."""
        with self._window(name) as window:
            if window.length > self._limits.json_bytes:
                raise InvalidImage(f"{self.label}: {name} has {window.length} bytes")
            return window.read(window.length)

    def open(self, name: str) -> BinaryIO:
        """Return a reader of a blob."""
        return as_binary(self._window(name))

    def close(self) -> None:
        """Do nothing: each reader closes its own file."""

    def _window(self, name: str) -> WindowReader:
        try:
            fd = open_regular(self._path / name)
        except TargetNotFound as error:
            raise InvalidImage(f"{self.label}: {error}") from None
        return WindowReader(fd, 0, os.fstat(fd).st_size, owns_fd=True)
