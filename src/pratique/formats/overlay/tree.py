"""
Answer questions about the merged tree: the ``FileTree`` that image units work on.

Law: links are resolved inside the tree only, at most ``Limits.symlink_hops`` of them for one path;
no method touches a file of the host. A leaf's ``entry.path`` is always its real path here.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import overload

from pratique.formats.overlay.nodes import Child, Folder, Leaf
from pratique.formats.overlay.upper import Upper
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import Limits
from pratique.kit.selector import Selector
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import EntryKind
from pratique.model.package import LayerRef
from pratique.model.units import Node, Patterns

_MOST_STEPS = 10_000_000
"""Parts of link targets followed for one image: some seconds; real images stay under a tenth."""


class MergedTree:
    """
    The merged tree; see ``model.units.FileTree`` for what the methods promise.

    Every method that takes a path raises ``LimitExceeded`` once the links of the image have taken
    too many steps together: a few long links can be asked for by every package.
    """

    def __init__(self, root: Folder, selector: Selector, kept: KeptFiles, limits: Limits) -> None:
        self.root = root
        self.refs: list[LayerRef | None] = []
        self._selector = selector
        self._kept = kept
        self._hops = limits.symlink_hops
        self._steps = _MOST_STEPS
        self._history: dict[str, list[tuple[int, str]]] = {}
        self._candidates: list[Leaf] | None = None

    def get(self, path: str) -> Node | None:
        """Return the regular file or directory at ``path``, symlinks followed; None if absent."""
        found = self._resolve(path)
        if isinstance(found, Leaf) and found.entry.kind is not EntryKind.FILE:
            return None
        return self._node(found)

    def lstat(self, path: str) -> Node | None:
        """Return what stands at ``path`` itself, the last symlink not followed."""
        return self._node(self._resolve(path, follow_last=False))

    def read(self, path: str) -> bytes:
        """
        Return the bytes of the file at ``path``, symlinks followed.

        Raises:
            FormatError: absent, not a regular file, or its bytes were not kept.
        """
        found = self._resolve(path)
        if not isinstance(found, Leaf) or found.entry.kind is not EntryKind.FILE:
            raise FormatError(f"no file at {path!r} in the image")
        content = self._kept.get(found.entry.content) if found.entry.content else None
        if content is None:
            raise FormatError(f"the bytes of {path!r} were not kept")
        return content

    def matching(self, patterns: Patterns) -> Iterator[str]:
        """
        Yield the paths of regular files the patterns select, sorted.

        A file that is reached through links only comes under the path by which it was selected,
        and once.
        """
        direct: set[str] = set()
        linked: dict[str, str] = {}
        for path, leaf in self._selected(patterns):
            if path == leaf.entry.path:
                direct.add(path)
            else:
                linked[leaf.entry.path] = min(path, linked.get(leaf.entry.path, path))
        yield from sorted(direct | {path for real, path in linked.items() if real not in direct})

    def children(self, path: str) -> Iterator[str]:
        """Yield the paths directly below a directory, sorted; nothing when there is none."""
        found = self._resolve(path)
        if isinstance(found, Folder):
            start = f"{path.strip('/')}/" if path.strip("/") else ""
            yield from (start + name for name in sorted(found.children))

    def layer_of(self, path: str) -> LayerRef | None:
        """Return the layer that introduced the file at ``path``, symlinks followed."""
        node = self._node(self._resolve(path))
        return node.layer if node else None

    def versions(self, path: str) -> Sequence[tuple[LayerRef | None, bytes]]:
        """Return the bytes of ``path`` in each layer that wrote it, lowest first, read when asked."""
        found = self._resolve(path)
        real = found.entry.path if isinstance(found, Leaf) else path.strip("/")
        written = self._history.get(real, ())
        held = [(self.refs[layer], sha256) for layer, sha256 in written if sha256 in self._kept]
        return _Versions(held, self._kept)

    def written_below(self, folder: str) -> Iterator[str]:
        """Yield the files directly in ``folder`` or below that some layer wrote, deleted or not."""
        start = f"{folder}/"
        yield from sorted(path for path in self._history if path.startswith(start))

    def leaves(self) -> Iterator[Leaf]:
        """Yield all that is no directory, in no particular order."""
        folders = [self.root]
        while folders:
            for child in folders.pop().children.values():
                if isinstance(child, Folder):
                    folders.append(child)
                elif child is not None:
                    yield child

    def folders(self) -> Iterator[Folder]:
        """Yield all directories but the root, in no particular order."""
        waiting = [self.root]
        while waiting:
            inside = [c for c in waiting.pop().children.values() if isinstance(c, Folder)]
            waiting.extend(inside)
            yield from inside

    def unread(self) -> dict[int, set[int]]:
        """
        Return the entries (positions by layer) that a unit selects but whose bytes were not kept.

        That happens when only the merge shows that an entry is meant: through links.
        """
        wanted: dict[int, set[int]] = {}
        # Links that take too long here will do so again, aloud, for the unit that asks.
        with suppress(LimitExceeded):
            for patterns in self._selector.patterns:
                for _, leaf in self._selected(patterns):
                    small = leaf.entry.size_bytes <= patterns.max_bytes
                    if small and leaf.entry.content not in self._kept:
                        wanted.setdefault(leaf.source, set()).add(leaf.position)
        return wanted

    def remember(self, layer: int, upper: Upper) -> None:
        """Add what a layer wrote to the history of its files."""
        for path, leaf in upper.written.items():
            if upper.at(path) is leaf:
                self._history.setdefault(path, []).append((layer, leaf.entry.content))

    def file_below(self, path: str) -> Leaf | None:
        """Return the leaf at ``path`` as a hardlink of a higher layer would find it."""
        found = self._resolve(path, follow_last=False)
        return found if isinstance(found, Leaf) else None

    def _selected(self, patterns: Patterns) -> Iterator[tuple[str, Leaf]]:
        """Yield (selected path, regular file), perhaps more than once."""
        yield from self._files(patterns.paths)
        for path in patterns.folders:
            yield from self._files(self.children(path))
        for folder, ending in patterns.endings:
            yield from self._files(p for p in self.children(folder) if p.endswith(ending))
        for path in patterns.trees:
            yield from self._files(self._below(path))
        if patterns.names or patterns.suffixes:
            by_name = Patterns(names=patterns.names, suffixes=patterns.suffixes)
            selector = Selector([by_name])
            for leaf in self._named(patterns):
                if selector.limit(leaf.entry.path):
                    yield from self._files((leaf.entry.path,))

    def _files(self, paths: Iterable[str]) -> Iterator[tuple[str, Leaf]]:
        for path in paths:
            found = self._resolve(path)
            if isinstance(found, Leaf) and found.entry.kind is EntryKind.FILE:
                yield path, found

    def _below(self, path: str) -> Iterator[str]:
        """Yield the path of everything below a directory that is no directory itself."""
        top = self._resolve(path)
        waiting = [(path.strip("/"), top)] if isinstance(top, Folder) else []
        while waiting:
            start, folder = waiting.pop()
            for name, child in folder.children.items():
                if isinstance(child, Folder):
                    waiting.append((f"{start}/{name}", child))
                else:
                    yield f"{start}/{name}"

    def _named(self, patterns: Patterns) -> Iterator[Leaf]:
        """Yield leaves among which are all that names and suffixes may select."""
        if patterns not in self._selector.patterns:
            yield from self.leaves()
            return
        if self._candidates is None:
            may_want = self._selector.may_want
            self._candidates = [leaf for leaf in self.leaves() if may_want(leaf.entry.path)]
        yield from self._candidates

    def _node(self, found: Child) -> Node | None:
        if found is None:
            return None
        return Node(found.entry, self.refs[found.layer] if self.refs else None)

    def _resolve(self, path: str, *, follow_last: bool = True) -> Child:
        """Return what stands at ``path``; None when absent or the links do not end."""
        trail: list[Folder] = [self.root]
        waiting = path.split("/")[::-1]
        hops = self._hops
        while waiting:
            part = waiting.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if len(trail) > 1:
                    trail.pop()
                continue
            child = trail[-1].children.get(part)
            if isinstance(child, Folder):
                trail.append(child)
                continue
            is_last = not any(waiting)
            if child is None or child.entry.kind is not EntryKind.SYMLINK:
                return child if is_last else None
            if is_last and not follow_last:
                return child
            hops -= 1
            if hops < 0:
                return None
            if child.entry.link.startswith("/"):
                trail = [self.root]
            parts = child.entry.link.split("/")
            self._steps -= len(parts)
            if self._steps < 0:
                raise LimitExceeded("the links of the image take too long to follow")
            waiting.extend(parts[::-1])
        return trail[-1]


class _Versions(Sequence[tuple[LayerRef | None, bytes]]):
    """
    One file as several layers wrote it; only the item asked for is in memory.

    A hostile image has hundreds of layers that each write a database of the largest size.
    """

    def __init__(self, held: Sequence[tuple[LayerRef | None, str]], kept: KeptFiles) -> None:
        self._held = held
        self._kept = kept

    def __len__(self) -> int:
        """Return the number of layers."""
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> tuple[LayerRef | None, bytes]: ...

    @overload
    def __getitem__(self, index: slice) -> "_Versions": ...

    def __getitem__(self, index: int | slice) -> "tuple[LayerRef | None, bytes] | _Versions":
        """Return one layer and the bytes it wrote."""
        if isinstance(index, slice):
            return _Versions(self._held[index], self._kept)
        layer, sha256 = self._held[index]
        return layer, self._kept.get(sha256) or b""
