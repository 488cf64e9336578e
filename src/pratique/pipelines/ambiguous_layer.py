"""Stand in for ``pratique.tamper.ambiguous_layer`` until inspecting an image judges nothing."""

from collections.abc import Iterable, Sequence

from pratique.formats.overlay.merge import Ambiguity
from pratique.model.finding import Finding
from pratique.model.package import LayerRef


def ambiguous_layers(
    ambiguous: Iterable[Ambiguity], refs: Sequence[LayerRef | None]
) -> tuple[Finding, ...]:
    """Return nothing: ``pipelines.find_tampering`` does."""
    return ()
