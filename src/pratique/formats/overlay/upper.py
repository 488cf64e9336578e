"""
Unpack one layer into a directory of its own, as engines do before overlayfs joins them.

Entries are taken in the order of the archive. Law: links are followed inside the layer only, never
through a layer below; what engines refuse is left out or done in the sense of the OCI
specification, and noted.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from pratique.formats.overlay.nodes import Child, Folder, Leaf, implicit_folder
from pratique.formats.tar import whiteout
from pratique.model.errors import LimitExceeded
from pratique.model.layer import Entry, EntryKind

Note = Callable[[str, str], None]
"""Take (path, reason) of something on which engines do not agree."""

MOST_STEPS = 10_000_000
"""Path parts followed for all layers of an image: about four seconds."""

_TWICE = "named twice in one layer: some engines refuse it, some take the later"

Below = Callable[[str], Leaf | None]
"""Return the file at a path in the merged layers below."""


class Upper:
    """
    The directory one layer unpacks into; ``root`` is the result.

    ``written`` are the files whose bytes were kept, by path: the layer's part of their history.
    ``steps`` is how many path parts may still be followed.
    """

    def __init__(self, layer: int, hops: int, note: Note, steps: int = MOST_STEPS) -> None:
        self.root = implicit_folder("", layer)
        self.has_whiteouts = False
        self.written: dict[str, Leaf] = {}
        self._layer = layer
        self._hops = hops
        self._note = note
        self.steps = steps
        self._names: dict[int, list[tuple[Folder, str]]] = {}
        """Where the names of a file with hardlinks stand, by its position."""
        self._folders: dict[str, Folder] = {"": self.root}
        """Folders reached by a plain path, no link on the way; dropped when one is replaced."""

    def unpack(self, entries: Sequence[Entry], below: Below) -> None:
        """
        Put all entries in their places; ``below`` serves hardlinks into lower layers.

        Raises:
            LimitExceeded: a maze of links; what was put in place so far stands.
        """
        for position, entry in enumerate(entries):
            if entry.kind is EntryKind.OPAQUE:
                self._opaque(entry.path)
                continue
            parent, _, name = entry.path.rpartition("/")
            folder = self._folders.get(parent) or self._parent(parent, entry)
            if folder is None:
                continue
            if folder.entry.path != parent:
                entry = replace(entry, path=f"{folder.entry.path}/{name}".lstrip("/"))
            if entry.kind is EntryKind.DIRECTORY:
                self._directory(folder, name, entry)
            elif entry.kind is EntryKind.WHITEOUT:
                self._whiteout(folder, name, entry.path)
            elif entry.kind is EntryKind.HARDLINK:
                self._hardlink(folder, name, entry, below)
            else:
                self._place(folder, name, Leaf(entry, self._layer, self._layer, position))

    def _place(self, folder: Folder, name: str, leaf: Leaf) -> None:
        there = folder.children.get(name)
        if there is not None:
            self._note(leaf.entry.path, _TWICE)
        if isinstance(there, Folder):
            self._folders = {"": self.root}
        self._put(folder, name, leaf)

    def _put(self, folder: Folder, name: str, leaf: Leaf) -> None:
        folder.children[name] = leaf
        if leaf.entry.content:
            self.written[leaf.entry.path] = leaf

    def _directory(self, folder: Folder, name: str, entry: Entry) -> None:
        there = folder.children.get(name)
        if isinstance(there, Folder):
            if there.explicit:
                self._note(entry.path, _TWICE)
            there.entry, there.explicit = entry, True
            return
        if name in folder.children:
            deleted = "deleted and made again: some engines show what was below"
            self._note(entry.path, _TWICE if there else deleted)
        made = Folder(entry, self._layer, explicit=True)
        folder.children[name] = made
        self._folders[entry.path] = made

    def _whiteout(self, folder: Folder, name: str, path: str) -> None:
        there = folder.children.get(name)
        if there is not None:
            self._note(path, whiteout.AT_ONCE)
        if there is None or (isinstance(there, Folder) and _deletes_only(there)):
            folder.children[name] = None
            self.has_whiteouts = True
            if there is not None:
                self._folders = {"": self.root}
        elif isinstance(there, Folder):
            there.opaque = True

    def _opaque(self, path: str) -> None:
        if not path:
            self._note("", whiteout.EVERYTHING)
            return
        folder = self._folders.get(path) or self._parent(path, Entry(path, EntryKind.OPAQUE))
        if folder is not None:
            folder.opaque = True
            if folder.entry.path != path:
                self._note(path, whiteout.THROUGH_LINK)

    def _hardlink(self, folder: Folder, name: str, entry: Entry, below: Below) -> None:
        if isinstance(folder.children.get(name), Leaf) and entry.link == entry.path:
            self._note(entry.path, "a hardlink to itself, which engines refuse")
            return
        found = self._target(entry.link)
        target = found[2] if found else below(entry.link)
        if found is None:
            why = "to a file of a lower layer" if target else "to nothing"
            self._note(entry.path, f"a hardlink {why}, which engines refuse or follow")
        if target is None:
            return
        linked = replace(target.entry, path=entry.path)
        self._place(folder, name, Leaf(linked, self._layer, target.source, target.position))
        if found is not None:
            names = self._names.setdefault(target.position, [found[:2]])
            names.append((folder, name))
            self._share(entry, target, names)

    def _share(self, entry: Entry, target: Leaf, names: list[tuple[Folder, str]]) -> None:
        """Give all names of a file the owner and mode of its newest hardlink, as engines do."""
        newest = (entry.mode, entry.uid, entry.gid)
        then = (target.entry.mode, target.entry.uid, target.entry.gid)
        if target.entry.kind is EntryKind.SYMLINK or newest == then:
            return
        self._spend(len(names))
        for folder, name in names:
            leaf = folder.children.get(name)
            if isinstance(leaf, Leaf) and leaf.position == target.position:
                shared = replace(leaf.entry, mode=entry.mode, uid=entry.uid, gid=entry.gid)
                self._put(folder, name, Leaf(shared, leaf.layer, leaf.source, leaf.position))

    def _target(self, path: str) -> tuple[Folder, str, Leaf] | None:
        """Return where a hardlink's target is in this layer: the last name is not followed."""
        parent, _, name = path.rpartition("/")
        folder = self._folders.get(parent) or self.resolve(parent)
        found = folder.children.get(name) if isinstance(folder, Folder) else None
        return (
            (folder, name, found)
            if isinstance(folder, Folder) and isinstance(found, Leaf)
            else None
        )

    def resolve(self, path: str) -> Child:
        """Return what stands at ``path`` in this layer, links followed; None when nothing does."""
        return self._at(self._real_parts(path))

    def at(self, path: str) -> Child:
        """Return what stands at ``path`` itself, no link followed; None when nothing does."""
        return self._at(path.split("/"))

    def _at(self, parts: Sequence[str]) -> Child:
        folder: Child = self.root
        for name in parts:
            folder = folder.children.get(name) if isinstance(folder, Folder) else None
        return folder

    def _parent(self, path: str, entry: Entry) -> Folder | None:
        """Return the folder at ``path``, made where missing; None when a file is in the way."""
        folder = self.root
        parts = self._real_parts(path)
        linked = "/".join(parts) != path
        for name in parts:
            child = folder.children.get(name)
            if child is None:
                if name in folder.children:
                    self._note(entry.path, "below something the layer deletes; engines refuse it")
                    if entry.kind is EntryKind.WHITEOUT:
                        return None
                if linked:
                    self._note(
                        entry.path, "below a link to nothing in its layer; some engines refuse it"
                    )
                made = implicit_folder(f"{folder.entry.path}/{name}".lstrip("/"), self._layer)
                made.opaque = name in folder.children
                folder.children[name] = child = made
            if not isinstance(child, Folder):
                self._note(entry.path, "below something that is no directory; engines refuse it")
                return None
            folder = child
        if folder.entry.path == path:
            self._folders[path] = folder
        return folder

    def _real_parts(self, path: str) -> list[str]:
        """
        Return the parts of ``path`` with the links of this layer resolved inside its root.

        What does not exist is taken literally. Too many links: what is left is taken literally.
        """
        waiting = path.split("/")[::-1] if path else []
        real: list[str] = []
        trail: list[Child] = [self.root]
        hops = self._hops
        while waiting:
            part = waiting.pop()
            self._spend(1)
            if part in ("", "."):
                continue
            if part == "..":
                if real:
                    real.pop()
                    trail.pop()
                continue
            here = trail[-1]
            child = here.children.get(part) if isinstance(here, Folder) else None
            if isinstance(child, Leaf) and child.entry.kind is EntryKind.SYMLINK and hops:
                hops -= 1
                if child.entry.link.startswith("/"):
                    real, trail = [], [self.root]
                waiting.extend(child.entry.link.split("/")[::-1])
                continue
            real.append(part)
            trail.append(child)
        return real

    def _spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise LimitExceeded("the links of a layer take too long to follow")


def _deletes_only(folder: Folder) -> bool:
    """Whether a folder is there only because something below it is deleted."""
    return not folder.explicit and all(child is None for child in folder.children.values())
