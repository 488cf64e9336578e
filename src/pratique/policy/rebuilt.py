"""
Compare two builds, and say whether they differ in more than a fix has announced.

Laws: a path differs when its kind, mode, owner, attributes or content do; times never count, nor what
programs log about their own run (``LOGS``), whose command lines and times differ by nature. What
differs between two builds of the same file is not the fix's doing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from fnmatch import fnmatchcase

from msgspec import Struct

from pratique.model.built import Built, BuiltFile, Effect

LOGS = ("var/log/*",)
"""Paths whose content may change in any rebuild."""
_SHOWN = 3


class Differences(Struct, frozen=True, kw_only=True):
    """
    In what a second build differs from a first; paths and fields sorted.

    ``changed`` are pairs of a path and in what (``content``, ``mode 755 → 644``).
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    config: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is a difference."""
        return bool(self.added or self.removed or self.changed or self.config)

    def __str__(self) -> str:
        """
        Say it in one line, a few paths of each.

        >>> print(Differences(removed=("a", "b"), config=("User",)))
        2 paths removed (a, b); User of the configuration changed
        """
        return "; ".join(self._words())

    def _words(self) -> Iterator[str]:
        for verb, paths in (("added", self.added), ("removed", self.removed)):
            if paths:
                yield f"{_paths(len(paths))} {verb} ({_some(paths)})"
        if self.changed:
            said = _some([f"{path}: {what}" for path, what in self.changed])
            yield f"{_paths(len(self.changed))} changed ({said})"
        if self.config:
            yield f"{', '.join(self.config)} of the configuration changed"


def differ(before: Built, after: Built) -> Differences:
    """Return in what a second build differs from a first."""
    both = before.files.keys() & after.files.keys()
    ways = ((path, _way(before.files[path], after.files[path])) for path in both)
    fields = before.config.keys() | after.config.keys()
    return Differences(
        added=tuple(sorted(after.files.keys() - before.files.keys())),
        removed=tuple(sorted(before.files.keys() - after.files.keys())),
        changed=tuple(sorted((path, way) for path, way in ways if way)),
        config=tuple(sorted(f for f in fields if before.config.get(f) != after.config.get(f))),
    )


def beyond(
    found: Differences, effects: Collection[Effect], by_nature: Differences | None = None
) -> Differences:
    """
    Return the differences that no fix has announced.

    Args:
        found: what a build after the fixes differs in.
        effects: what the fixes that were made may change.
        by_nature: what two builds of the same file differ in, where that was looked at.
    """
    never = by_nature or Differences()
    restless = {*never.added, *never.removed, *(path for path, _ in never.changed)}

    def left(paths: Iterable[str], globs: Callable[[Effect], tuple[str, ...]]) -> Iterator[str]:
        allowed = [glob for one in effects for glob in globs(one)]
        return (p for p in paths if p not in restless and not _matches(p, allowed))

    quiet = {path for path, _ in found.changed if not _matches(path, LOGS)}
    changed = set(left(quiet, lambda one: one.changed))
    fields = {field for one in effects for field in one.config} | set(never.config)
    return Differences(
        added=tuple(left(found.added, lambda one: one.added)),
        removed=tuple(left(found.removed, lambda one: one.removed)),
        changed=tuple(each for each in found.changed if each[0] in changed),
        config=tuple(field for field in found.config if field not in fields),
    )


def _way(before: BuiltFile, after: BuiltFile) -> str:
    """Return in what a path differs, empty for not at all."""
    if before == after:
        return ""
    if before.kind is not after.kind:
        return f"{before.kind.name.lower()} → {after.kind.name.lower()}"
    ways = []
    if before.mode != after.mode:
        ways.append(f"mode {before.mode:o} → {after.mode:o}")
    owners = [f"{one.uid}:{one.gid}" for one in (before, after)]
    if owners[0] != owners[1]:
        ways.append(f"owner {owners[0]} → {owners[1]}")
    if before.content != after.content:
        ways.append("content")
    if before.xattrs != after.xattrs:
        ways.append("attributes")
    return ", ".join(ways)


def _matches(path: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(path, glob) for glob in globs)


def _some(paths: Collection[str]) -> str:
    more = ", …" if len(paths) > _SHOWN else ""
    return ", ".join([*paths][:_SHOWN]) + more


def _paths(number: int) -> str:
    return f"{number} path{'s' if number != 1 else ''}"
