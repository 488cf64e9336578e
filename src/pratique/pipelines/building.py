"""
Hold what is asked of a builder, and what it gives.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from pratique.policy.rebuilt import Differences


class Recipe(Struct, frozen=True, kw_only=True):
    """
    What is to be built.

    ``context`` is the folder of the build, None for an empty one; ``ignored`` its ignore file, where
    it is not ``.dockerignore``; ``arguments`` are the build arguments.
    """

    content: bytes
    context: Path | None = None
    ignored: Path | None = None
    arguments: Mapping[str, str] = {}


class Baked(Struct, frozen=True, kw_only=True):
    """A docker archive with what was built and its configuration, or why there is none."""

    archive: Path | None = None
    config: bytes = b""
    problem: str = ""


class Bases(Struct, frozen=True, kw_only=True):
    """Images to build on: what FROM names, what stands for it, and its name in the builder."""

    targets: Mapping[str, str] = {}
    names: Mapping[str, str] = {}


class Builder(Protocol):
    """Build, and hold bases to build on."""

    @property
    def version(self) -> str:
        """Return what builds, as a person would name it."""

    def base(self, target: str) -> str:
        """
        Return the name under which builds know an image.

        Raises:
            UsageError: it cannot be loaded.
        """

    def build(self, recipe: Recipe) -> Baked:
        """Build it; the archive is the caller's to delete."""


class Rebuilt(Struct, frozen=True, kw_only=True):
    """
    What two builds have shown; ``said`` is that in one line.

    ``paths`` and ``size_bytes`` are those before and after the fixes that stay, ``differences`` what
    these changed. All but ``said`` is empty where there were not two builds.
    """

    said: str
    paths: tuple[int, ...] = ()
    size_bytes: tuple[int, ...] = ()
    differences: Differences = Differences()
