"""
Match paths with the globs of kinds, fast where nothing matches: most files.

Laws: as ``Patterns.globs``: a glob matches a whole path or its end behind a slash, ``*`` standing for any text
within one part. Names without a star cost one look-up, however many there are.
"""

import re
from collections.abc import Iterable
from functools import cached_property


class Globs:
    """
    A set of globs.

    >>> globs = Globs([".npmrc", "*.tf", ".kube/*"])
    >>> [globs.match(path) for path in ("root/.npmrc", "a/b.tf", ".kube/config", "kube/config")]
    [True, True, True, False]
    """

    def __init__(self, globs: Iterable[str]) -> None:
        """Sort the globs; they are compiled when a path first asks for it."""
        one_part = {glob for glob in globs if "/" not in glob}
        self._names = frozenset(glob for glob in one_part if "*" not in glob)
        stars = one_part - self._names
        # Most are an ending or a beginning, which need no expression.
        ends = {glob for glob in stars if glob.startswith("*") and "*" not in glob[1:]}
        starts = {glob for glob in stars - ends if glob.endswith("*") and "*" not in glob[:-1]}
        self._ends = tuple(glob[1:] for glob in ends)
        self._starts = tuple(glob[:-1] for glob in starts)
        self._stars = stars - ends - starts
        paths = {glob for glob in globs if "/" in glob}
        self._whole = paths
        # What stands before a path glob is tried: its last part or the one before it, without a star.
        parts = [glob.split("/") for glob in paths]
        self._last = frozenset(part[-1] for part in parts if "*" not in part[-1])
        self._folders = frozenset(part[-2] for part in parts if "*" in part[-1])
        self._any_folder = any("*" in folder for folder in self._folders)

    def match(self, path: str) -> bool:
        """Return whether one of the globs matches."""
        folder, _, name = path.rpartition("/")
        if name in self._names or name.endswith(self._ends) or name.startswith(self._starts):
            return True
        if self._stars and self._shapes.fullmatch(name):
            return True
        if not self._whole:
            return False
        parent = folder.rpartition("/")[2]
        likely = name in self._last or parent in self._folders or self._any_folder
        return likely and self._paths.fullmatch(path) is not None

    @cached_property
    def _shapes(self) -> re.Pattern[str]:
        return _joined(self._stars)

    @cached_property
    def _paths(self) -> re.Pattern[str]:
        return _joined(self._whole)


def _joined(globs: Iterable[str]) -> re.Pattern[str]:
    made = [re.escape(glob).replace(r"\*", "[^/]*") for glob in sorted(globs)]
    return re.compile(f"(?:.*/)?(?:{'|'.join(made)})", re.DOTALL)
