"""
Match paths with the globs of kinds, fast where nothing matches: most files.

Laws: as ``Patterns.globs``: a glob matches a whole path or its end behind a slash, ``*`` standing for any text
within one part. Names without a star cost one look-up, however many there are.
"""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache


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
        # A path glob is tried where its last part stands, or the one before it, without a star.
        self._named: dict[str, list[str]] = {}
        self._within: dict[str, list[str]] = {}
        self._others: list[str] = []
        for glob in sorted({glob for glob in globs if "/" in glob}):
            *_, folder, last = glob.split("/")
            if "*" not in last:
                self._named.setdefault(last, []).append(glob)
            elif "*" not in folder:
                self._within.setdefault(folder, []).append(glob)
            else:
                self._others.append(glob)

    def match(self, path: str) -> bool:
        """Return whether one of the globs matches."""
        folder, _, name = path.rpartition("/")
        if name in self._names or name.endswith(self._ends) or name.startswith(self._starts):
            return True
        if self._stars and self._shapes.fullmatch(name):
            return True
        named = self._named.get(name)
        within = self._within and self._within.get(folder.rpartition("/")[2])
        if not (named or within or self._others):
            return False  # most files
        tried = (*(named or ()), *(within or ()), *self._others)
        return any(_compiled(glob).fullmatch(path) for glob in tried)

    @cached_property
    def _shapes(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_expression, sorted(self._stars))), re.DOTALL)


@lru_cache(maxsize=1 << 12)
def _compiled(glob: str) -> re.Pattern[str]:
    """Return the expression of one glob: few of them are tried in one image."""
    return re.compile(f"(?:.*/)?{_expression(glob)}", re.DOTALL)


def _expression(glob: str) -> str:
    return re.escape(glob).replace(r"\*", "[^/]*")
