"""
Open an OCI layout directory (`skopeo copy … oci:DIR`, `umoci`, `crane pull --format=oci`).

Law: what the layout names are digests, so no name from it becomes a path; blobs must be regular
files. Links are followed, as build systems lay out blobs by links; content is verified anyway.
Source: OCI image-spec v1.1, image-layout.md.
"""

import os
from pathlib import Path
from typing import BinaryIO

from pratique.kit.limits import Limits
from pratique.kit.window import WindowReader, as_binary
from pratique.sources._archive import open_regular
from pratique.sources._layout import open_layout
from pratique.sources._paths import split_tag
from pratique.sources.interface import InvalidImage, Opened, Options, TargetNotFound

NAME = "oci"
PREFIX = "oci"


def open_target(target: str, options: Options) -> Opened:
    """
    Open ``PATH[:TAG]``.

    Raises:
        TargetError: it cannot be identified.
    """
    path, tag = split_tag(target)
    if not path.is_dir():
        raise TargetNotFound(f"no such directory: {path}")
    if not (path / "index.json").exists():
        raise InvalidImage(f"{path}: no OCI layout, index.json is missing")
    return open_layout(_Folder(path, options.limits), target, tag, options)


class _Folder:
    """The files of a layout that lie in a directory."""

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
