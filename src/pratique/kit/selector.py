"""
Compile the patterns of all units into one selector.

Law: ``Selector(all).limit(path)`` is the largest limit any single ``Patterns`` gives the path, and
a path no unit wants costs a handful of C-speed look-ups however many units there are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from pratique.model.units import Patterns

Key = TypeVar("Key", str, tuple[str, str])


class Selector:
    """
    Decide which files some unit wants.

    >>> selector = Selector([Patterns(paths=("etc/os-release",), suffixes=(".jar", "/db/installed"))])
    >>> selector.limit("srv/app.jar") > 0, selector.limit("db/installed") > 0, selector.limit("x")
    (True, True, 0)
    """

    def __init__(self, patterns: Sequence[Patterns]) -> None:
        self.patterns = tuple(patterns)
        self.paths = _most((path, p.max_bytes) for p in patterns for path in p.paths)
        self.folders = _most((path, p.max_bytes) for p in patterns for path in p.folders)
        self.trees = _most((path, p.max_bytes) for p in patterns for path in p.trees)
        self._names = _most((name, p.max_bytes) for p in patterns for name in p.names)
        self._suffixes = _most((tail, p.max_bytes) for p in patterns for tail in p.suffixes)
        self._endings = _most((pair, p.max_bytes) for p in patterns for pair in p.endings)
        self._ended = {folder for folder, _ in self._endings}
        rooted = (tail[1:] for tail in self._suffixes if tail.startswith("/"))
        self._exact = frozenset((*self.paths, *rooted))
        # What a path must show before a glob is tried, which is far slower.
        self._globs: dict[str, dict[str, list[tuple[str, int]]]] = {}
        for glob, size in _most((g, p.max_bytes) for p in patterns for g in p.globs).items():
            where, literal = _literal(glob)
            self._globs.setdefault(where, {}).setdefault(literal, []).append((glob, size))
        self._ends = tuple(self._globs.get("end", ()))
        self._starts = tuple(self._globs.get("start", ()))
        self._parents = tuple(self._globs.get("parent", ()))
        self._tails = tuple(self._suffixes)
        self._any_end = (*self._tails, *self._ends)
        self._heads = tuple(f"{tree}/" for tree in self.trees)

    def may_want(self, path: str) -> bool:
        """
        Return False where no unit wants the file at ``path``: the cheap question for every file.

        True says only that ``limit`` is worth asking.
        """
        folder, _, name = path.rpartition("/")
        return (
            path.endswith(self._any_end)
            or name in self._names
            or path in self._exact
            or folder in self.folders
            or folder in self._ended
            or path.startswith(self._heads)
            or name.startswith(self._starts)
            or folder.endswith(self._parents)
        )

    def limit(self, path: str) -> int:
        """Return how many bytes of the file at ``path`` may be kept; 0 when no unit wants it."""
        folder, _, name = path.rpartition("/")
        most = 0
        if path in self._exact or name in self._names or folder in self.folders:
            most = max(
                self.paths.get(path, 0), self._names.get(name, 0), self.folders.get(folder, 0)
            )
        if path in self._exact or path.endswith(self._tails):
            sizes = (size for tail, size in self._suffixes.items() if f"/{path}".endswith(tail))
            most = max(most, _largest(sizes))
        if folder in self._ended:
            pairs = self._endings.items()
            sizes = (n for (place, end), n in pairs if folder == place and name.endswith(end))
            most = max(most, _largest(sizes))
        if path.startswith(self._heads):
            sizes = (size for tree, size in self.trees.items() if path.startswith(f"{tree}/"))
            most = max(most, _largest(sizes))
        if (
            path.endswith(self._ends)
            or name.startswith(self._starts)
            or folder.endswith(self._parents)
        ):
            most = max(most, _largest(self._globbed(path, folder, name)))
        return most

    def _globbed(self, path: str, folder: str, name: str) -> Iterator[int]:
        for where, text, fits in (
            ("end", path, str.endswith),
            ("start", name, str.startswith),
            ("parent", folder, str.endswith),
        ):
            for literal, globs in self._globs.get(where, {}).items():
                if fits(text, literal):
                    yield from (size for glob, size in globs if _compiled(glob).fullmatch(path))


def as_selector(patterns: Selector | Sequence[Patterns]) -> Selector:
    """Return a selector, compiling where that has not been done."""
    return patterns if isinstance(patterns, Selector) else Selector(patterns)


def _literal(glob: str) -> tuple[str, str]:
    """
    Return what is cheap to look for before a glob is tried: an end, a start, a folder's end.

    >>> _literal("a/*.json"), _literal("libz.so*"), _literal("vcpkg/updates/*")
    (('end', '.json'), ('start', 'libz.so'), ('parent', 'updates'))
    """
    folder, _, name = glob.rpartition("/")
    end, start = name.rpartition("*")[2], name.partition("*")[0]
    if end:
        return "end", end
    if start:
        return "start", start
    return "parent", folder.rpartition("*")[2].rpartition("/")[2]


@lru_cache(maxsize=1 << 10)
def _compiled(glob: str) -> re.Pattern[str]:
    """Return the expression of a glob; a star stays within one part, so little is tried twice."""
    return re.compile("(?:.*/)?" + re.escape(glob).replace(r"\*", "[^/]*"), re.DOTALL)


def _most(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for key, size in pairs:
        found[key] = max(size, found.get(key, 0))
    return found


def _largest(sizes: Iterable[int]) -> int:
    return max(sizes, default=0)
