"""
Compile the patterns of all units into one selector.

Law: ``Selector(all).limit(path)`` is the largest limit any single ``Patterns`` gives the path, and
a path no unit wants costs a handful of C-speed look-ups however many units there are.
"""

import re
from collections.abc import Iterable, Sequence
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
        self._globs = tuple((glob, p.max_bytes) for p in patterns for glob in p.globs)
        ends, self._starts, self._parents = _literals(glob for glob, _ in self._globs)
        self._tails = (*self._suffixes, *ends)
        self._heads = tuple(f"{tree}/" for tree in self.trees)

    def limit(self, path: str) -> int:
        """Return how many bytes of the file at ``path`` may be kept; 0 when no unit wants it."""
        folder, _, name = path.rpartition("/")
        if (
            path not in self._exact
            and name not in self._names
            and folder not in self.folders
            and folder not in self._ended
            and not path.endswith(self._tails)
            and not path.startswith(self._heads)
            and not name.startswith(self._starts)
            and not folder.endswith(self._parents)
        ):
            return 0
        return max(
            self.paths.get(path, 0),
            self._names.get(name, 0),
            self.folders.get(folder, 0),
            _largest(
                size
                for (place, ending), size in self._endings.items()
                if folder == place and name.endswith(ending)
            ),
            _largest(size for tail, size in self._suffixes.items() if f"/{path}".endswith(tail)),
            _largest(size for tree, size in self.trees.items() if path.startswith(f"{tree}/")),
            _largest(size for glob, size in self._globs if _compiled(glob).fullmatch(path)),
        )


def as_selector(patterns: Selector | Sequence[Patterns]) -> Selector:
    """Return a selector, compiling where that has not been done."""
    return patterns if isinstance(patterns, Selector) else Selector(patterns)


def _literals(
    globs: Iterable[str],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """
    Return what is cheap to look for before a glob is tried: ends, starts of names, folders' ends.

    >>> _literals(["a/*.json", "libz.so*", "vcpkg/updates/*"])
    (('.json',), ('libz.so',), ('updates',))
    """
    ends, starts, parents = set(), set(), set()
    for glob in globs:
        folder, _, name = glob.rpartition("/")
        end, start = name.rpartition("*")[2], name.partition("*")[0]
        if end:
            ends.add(end)
        elif start:
            starts.add(start)
        else:
            parents.add(folder.rpartition("*")[2].rpartition("/")[2])
    return tuple(sorted(ends)), tuple(sorted(starts)), tuple(sorted(parents))


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
