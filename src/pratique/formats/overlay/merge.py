"""
Lay the directories of the layers over each other as overlayfs does.

Law: the result depends on the layers' facts and their order only. A directory over a directory
joins it unless it is opaque; anything else replaces what is below, with all that was in it.
Source: Linux Documentation/filesystems/overlayfs.rst, "Upper and Lower", "whiteouts and opaque
directories".
"""

from collections.abc import Iterable

from msgspec import Struct

from pratique.formats.overlay.nodes import Folder, Leaf, implicit_folder
from pratique.formats.overlay.tree import MergedTree
from pratique.formats.overlay.upper import MOST_STEPS, Note, Upper
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.selector import Selector
from pratique.model.errors import LimitExceeded
from pratique.model.layer import LayerFacts
from pratique.model.package import LayerRef
from pratique.model.unknown import Stage, Unknown, Weight

_MOST_AMBIGUITIES = 100


class Ambiguity(Struct, frozen=True, order=True):
    """A place in a layer (by index) on whose meaning engines do not agree, and why."""

    layer: int
    path: str
    reason: str


class Merged(Struct, frozen=True):
    """The tree, where engines would differ (up to 100 places), and what was not merged."""

    tree: MergedTree
    ambiguous: tuple[Ambiguity, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def merge_layers(
    layers: Iterable[tuple[LayerRef | None, LayerFacts]],
    selector: Selector,
    kept: KeptFiles,
    limits: Limits = DEFAULT,
) -> Merged:
    """
    Return the tree of layers given lowest first.

    ``kept`` holds the bytes that ``Entry.content`` names; ``selector`` is what they were chosen by.
    """
    tree = MergedTree(implicit_folder("", 0), selector, kept, limits)
    ambiguous: list[Ambiguity] = []
    unknowns: list[Unknown] = []
    steps = MOST_STEPS
    for index, (ref, facts) in enumerate(layers):
        tree.refs.append(ref)

        def note(path: str, reason: str, index: int = index) -> None:
            if len(ambiguous) < _MOST_AMBIGUITIES:
                ambiguous.append(Ambiguity(index, path[:200], reason))

        for oddity in facts.oddities:
            note(oddity.path, oddity.reason)
        upper = Upper(index, limits.symlink_hops, note, steps)
        try:
            upper.unpack(facts.entries, tree.file_below)
        except LimitExceeded as error:
            unknowns.append(_unmerged(facts, error))
        steps = max(upper.steps, 0)
        tree.remember(index, upper)
        _lay_over(tree.root, upper, note)
    return Merged(tree, tuple(ambiguous), tuple(unknowns))


def _lay_over(root: Folder, upper: Upper, note: Note) -> None:
    """Lay a layer over the tree at ``root``; a loop, as the depth is the image's to choose."""
    pairs = [(root, upper.root)]
    while pairs:
        lower, top = pairs.pop()
        if top.explicit:
            lower.entry, lower.layer = top.entry, top.layer
        for name, child in top.children.items():
            below = lower.children.get(name)
            if child is None:
                lower.children.pop(name, None)
            elif isinstance(child, Leaf):
                lower.children[name] = child
            elif isinstance(below, Folder):
                if child.opaque:
                    below.children = {}
                pairs.append((below, child))
            else:
                if child.late and below is not None:
                    note(
                        child.entry.path, "used as a directory, which it is not in the layer below"
                    )
                lower.children[name] = child
                if upper.has_whiteouts:
                    _prune(child)


def _prune(adopted: Folder) -> None:
    """Drop the whiteouts of a directory that has nothing below it to hide."""
    folders = [adopted]
    while folders:
        children = folders.pop().children
        for name in [name for name, child in children.items() if child is None]:
            del children[name]
        folders.extend(child for child in children.values() if isinstance(child, Folder))


def _unmerged(facts: LayerFacts, error: LimitExceeded) -> Unknown:
    return Unknown(
        stage=Stage.MERGE,
        unit="overlay",
        location=facts.blob,
        reason=str(error),
        weight=Weight.BLOCKING,
    )
