"""
Say which files would be packages under the name of a link, and were not looked into under their own.

Layer units choose files by name, in the layer that holds them. Python, Java and Node follow links:
``x.dist-info/METADATA`` may be a link to ``store/7f3a``, or ``x.dist-info`` one to a folder. Law: such
a file is a coverage Unknown unless a unit that wants the link's name wants the file's own name too.
Programs are left out: they are known by what is in them, and run under many names (busybox).
Bounds: ``_MOST`` Unknowns, ``_MOST_CHILDREN`` names below one linked folder, ``_MOST_LINKS`` links.
"""

from collections.abc import Iterator
from itertools import islice

from pratique.formats.overlay.tree import MergedTree
from pratique.model.errors import LimitExceeded
from pratique.model.layer import EntryKind
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines import unit_index
from pratique.pipelines.layer_units import LayerUnits

_PROGRAMS = frozenset(
    one.name for one in unit_index.UNITS if one.module.startswith("extractors.programs.")
)
_MOST, _MOST_CHILDREN, _MOST_LINKS = 100, 200, 100_000


def hidden_by_links(tree: MergedTree, units: LayerUnits) -> tuple[Unknown, ...]:
    """Return an Unknown for each file that only a link names like a package, sorted."""
    found = sorted(_hidden(tree, units))[:_MOST] if units.units else []
    return tuple(
        Unknown(
            stage=Stage.EXTRACT,
            unit="linked_names",
            location=path,
            reason=f"a link to {real}, which is not looked into under that name",
        )
        for path, real in found
    )


def _hidden(tree: MergedTree, units: LayerUnits) -> Iterator[tuple[str, str]]:
    links = (leaf for leaf in tree.leaves() if leaf.entry.kind is EntryKind.SYMLINK)
    try:
        for leaf in islice(links, _MOST_LINKS):
            for path in _names(tree, leaf.entry.path):
                node = tree.get(path) if units.may_want(path) else None
                if node is None or node.entry.kind is not EntryKind.FILE:
                    continue
                if _wanting(units, path) - _wanting(units, node.entry.path):
                    yield path, node.entry.path
    except LimitExceeded:
        return  # links that take too long to follow are said where a unit asks for one


def _names(tree: MergedTree, path: str) -> Iterator[str]:
    """Yield the name of a link and, where it leads to a folder, the names directly below it."""
    yield path
    node = tree.get(path)
    if node is not None and node.entry.kind is EntryKind.DIRECTORY:
        yield from islice(tree.children(path), _MOST_CHILDREN)


def _wanting(units: LayerUnits, path: str) -> frozenset[str]:
    """Return the units that want a file for its path alone, programs aside."""
    return frozenset(unit.NAME for unit in units.wanting(path, lambda size: b"")) - _PROGRAMS
