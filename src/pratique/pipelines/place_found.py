"""
Place what layer units found in single files where those files stand in the merged tree.

Law: a file that a higher layer deleted or replaced has no place, so nothing was found in it; a file
under several names (hardlinks) is placed once: in the lowest
layer, under a name like that of a package in it or the first.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.overlay.nodes import Leaf
from pratique.formats.overlay.tree import MergedTree
from pratique.model.layer import FileFacts, LayerFacts
from pratique.model.package import LayerRef


class Found(Struct, frozen=True):
    """What was found in the file at ``path``; the locations of ``facts`` are whole."""

    path: str
    facts: FileFacts


def place_found(tree: MergedTree, layers: Sequence[LayerFacts]) -> Iterator[Found]:
    """Yield what was found in the files that are left of ``layers``, sorted by path."""
    wanted = {
        (index, facts.position): facts
        for index, layer in enumerate(layers)
        for facts in layer.found
    }
    standing: dict[tuple[int, int], Leaf] = {}
    for leaf in tree.leaves() if wanted else ():
        key = leaf.source, leaf.position
        if key in wanted and (
            key not in standing
            or _preference(leaf, wanted[key]) < _preference(standing[key], wanted[key])
        ):
            standing[key] = leaf
    for key, leaf in sorted(standing.items(), key=lambda item: item[1].entry.path):
        ref = tree.refs[leaf.layer]
        yield Found(leaf.entry.path, _placed(wanted[key], leaf.entry.path, ref))


def _preference(leaf: Leaf, facts: FileFacts) -> tuple[int, bool, str]:
    """Prefer the lowest layer's name of a file, then one like a package in it, then the first."""
    name = leaf.entry.path.rpartition("/")[2]
    return leaf.layer, all(name != package.name for package in facts.packages), leaf.entry.path


def _placed(facts: FileFacts, path: str, layer: LayerRef | None) -> FileFacts:
    return replace(
        facts,
        packages=tuple(replace(p, location=path + p.location, layer=layer) for p in facts.packages),
        unknowns=tuple(replace(u, location=path + u.location) for u in facts.unknowns),
        signs=tuple(replace(s, location=path + s.location) for s in facts.signs),
    )
