"""
Open an OCI layout inside a tar file (`skopeo copy … oci-archive:`, `buildx -o type=oci`).

The tar may be packed as a whole (gzip, zstd, xz, bzip2). Source: OCI image-spec v1.1.
"""

from typing import BinaryIO

from pratique.kit.limits import Limits
from pratique.sources._archive import Archive, open_archive
from pratique.sources._layout import open_layout
from pratique.sources._paths import split_tag
from pratique.sources.interface import InvalidImage, Opened, Options

NAME = "oci-archive"
PREFIX = "oci-archive"


def open_target(target: str, options: Options) -> Opened:
    """
    Open ``PATH[:TAG]``.

    Raises:
        TargetError: it cannot be identified.
    """
    path, tag = split_tag(target)
    return open_held(open_archive(path, options.limits), target, tag, options)


def open_held(archive: Archive, target: str, tag: str, options: Options) -> Opened:
    """
    Open an archive that is already indexed; closes it on failure.

    Raises:
        TargetError: it cannot be identified.
    """
    try:
        for name in ("index.json", "oci-layout"):
            if not archive.has(name):
                raise InvalidImage(f"{archive.label}: no OCI layout, {name} is missing")
            if archive.is_repeated(name):
                raise InvalidImage(f"{archive.label}: {name} stands twice, engines may disagree")
        return open_layout(_Members(archive, options.limits), target, tag, options)
    except BaseException:
        archive.close()
        raise


class _Members:
    """The files of a layout that are members of an archive."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self.label = archive.label

    def has(self, name: str) -> bool:
        """Return whether there is such a member."""
        return self._archive.has(name)

    def read_small(self, name: str) -> bytes:
        """Return a document whole."""
        return self._archive.read(name, self._limits)

    def open(self, name: str) -> BinaryIO:
        """Return a reader of a member in place."""
        return self._archive.open(name)

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()
