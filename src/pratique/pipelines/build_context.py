"""
Look at what stands around a Dockerfile: its ``.dockerignore``, and the names of the files beside it.

The folder of the Dockerfile counts as the build context, which it is unless somebody says otherwise.
Only names are read, never what the files hold. Bounds: ``MOST_NAMES`` names, ``MAX_DEPTH`` folders
deep; of large folders a part is known, so that nothing is told of what was not looked at. Links to
folders are not followed.
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

MOST_NAMES = 5_000
MAX_DEPTH = 6
_MOST_IGNORED = 1 << 20
_SKIPPED = frozenset({"node_modules", ".venv", "venv", "__pycache__", ".tox", "target", "vendor"})
"""Folders of which there is much, and nothing to find."""


def ignored_around(place: Path | None) -> tuple[str, ...]:
    """Return the lines of the ignore file that a build of this Dockerfile uses, none without."""
    if place is None:
        return ()
    for candidate in (
        place.with_name(f"{place.name}.dockerignore"),
        place.with_name(".dockerignore"),
    ):
        try:
            with candidate.open("rb") as file:
                return tuple(file.read(_MOST_IGNORED).decode("utf-8", "replace").splitlines())
        except OSError:
            continue
    return ()


class Contexts:
    """The names of the files of each folder, listed once in one run of the linter."""

    def __init__(self) -> None:
        self.known: dict[Path, tuple[str, ...]] = {}

    def around(self, place: Path | None) -> tuple[str, ...] | None:
        """Return the names of the files in a Dockerfile's folder; None where there is no folder."""
        if place is None:
            return None
        folder = place.parent
        if folder not in self.known:
            self.known[folder] = tuple(islice(_walk(str(folder), "", 0), MOST_NAMES))
        return self.known[folder]


def _walk(folder: str, below: str, depth: int) -> Iterator[str]:
    """Yield names, files of a folder before what is deeper; of .git one file stands for all."""
    deeper: list[str] = []
    try:
        with os.scandir(Path(folder, below)) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir(follow_symlinks=False):
                    deeper.append(entry.name)
                else:
                    yield f"{below}{entry.name}"
    except OSError:
        return
    for name in deeper:
        if name == ".git":
            yield f"{below}.git/HEAD"
        elif name not in _SKIPPED and depth < MAX_DEPTH:
            yield from _walk(folder, f"{below}{name}/", depth + 1)
