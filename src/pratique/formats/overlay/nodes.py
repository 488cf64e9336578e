"""
Hold what stands in a directory: folders that know their children, and leaves.

Internal to the merge; the outside sees ``model.units.Node``.
"""

from msgspec import Struct

from pratique.model.layer import Entry, EntryKind

IMPLICIT_MODE = 0o755
"""Mode of a directory that a layer needs but does not name."""


class Leaf(Struct, frozen=True, gc=False):
    """
    Anything but a directory, and the ``layer`` that put it there.

    Its bytes stand at ``position`` of the entries of layer ``source``: for a hardlink, that is
    where its target was.
    """

    entry: Entry
    layer: int
    source: int
    position: int


class Folder:
    """
    A directory.

    ``explicit`` is False while no entry of the layer named it, ``late`` True when something was
    put into it before one did. ``opaque`` hides the lower directory. A child that is None is a
    whiteout.
    """

    __slots__ = ("children", "entry", "explicit", "late", "layer", "opaque")

    def __init__(self, entry: Entry, layer: int, *, explicit: bool) -> None:
        self.entry = entry
        self.layer = layer
        self.explicit = explicit
        self.late = not explicit
        self.opaque = False
        self.children: dict[str, Folder | Leaf | None] = {}


Child = Folder | Leaf | None


def implicit_folder(path: str, layer: int) -> Folder:
    """Return a directory that no entry has named yet."""
    return Folder(Entry(path, EntryKind.DIRECTORY, IMPLICIT_MODE), layer, explicit=False)
