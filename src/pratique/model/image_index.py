"""
Say what is known of the files of an image, to whoever meets one of them while it runs.

Paths are absolute as a container sees them, symlinks resolved (``/usr/bin/bash``): that is how the
kernel tells them. What an index says of packages is the image's own word: good for naming what
runs, never for calling it harmless.
"""

from typing import Protocol


class ImageIndex(Protocol):
    """
    Answer for one path of one image.

    Law: a path that was not looked at never reads as absent: where ``complete`` is False, only what
    is said to be there is certain.
    """

    @property
    def complete(self) -> bool:
        """Whether every file of the image is in the index, so that ``has`` may say no."""

    def has(self, path: str) -> bool:
        """Return whether the image holds a regular file here."""

    def owner(self, path: str) -> str:
        """Return the ``Package.key`` of the package that the file belongs to, or nothing."""

    def packages_in(self, path: str) -> tuple[str, ...]:
        """Return the keys of what the file itself holds: a jar, a program with its modules."""

    def digest_of(self, path: str) -> str:
        """Return the sha256 of the file in hexadecimal, nothing where it was not measured."""


class ImageIndexes(Protocol):
    """Answer for images by digest."""

    def of(self, digest: str) -> ImageIndex | None:
        """Return what is known of an image's files; None where the store has none of it."""
