"""
Say what the layers of an image weigh: as stored, and how much of it later layers hide.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from pratique.formats.overlay.tree import MergedTree
from pratique.model.image import Image, Layer
from pratique.model.layer import EntryKind, LayerFacts


def measured(image: Image, facts: Sequence[LayerFacts], tree: MergedTree) -> Image:
    """Return the image with the sizes we measured, stored ones where its daemon told none."""
    hidden = hidden_bytes(facts, tree)
    layers = tuple(map(_measured, image.layers, facts, hidden))
    return replace(image, layers=layers)


def hidden_bytes(facts: Sequence[LayerFacts], tree: MergedTree) -> list[int]:
    """Return, per layer, the unpacked bytes of its files that do not stand in the merged tree."""
    weights = [
        sum(entry.size_bytes for entry in layer.entries if entry.kind is EntryKind.FILE)
        for layer in facts
    ]
    if len(facts) < 2:
        return [0] * len(facts)  # nothing lies above a single layer
    standing = {(leaf.source, leaf.position) for leaf in tree.leaves()}
    for index, position in standing:
        entry = facts[index].entries[position]
        if entry.kind is EntryKind.FILE:
            weights[index] -= entry.size_bytes
    return weights


def _measured(layer: Layer, facts: LayerFacts, hidden: int) -> Layer:
    blob = layer.blob
    if blob.size_bytes < 0:
        blob = replace(blob, size_bytes=facts.blob_bytes)
    return replace(layer, blob=blob, hidden_bytes=hidden)
