"""
Turn places on whose meaning container engines do not agree into ``ambiguous-layer`` findings.

Such a layer shows one tree to one engine and another tree to the next, so a scan speaks for one of
them only. Sound build tools make none.
"""

from collections.abc import Iterable, Sequence

from pratique.formats.overlay.merge import Ambiguity
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind
from pratique.model.package import LayerRef
from pratique.model.severity import Severity

RULE = "ambiguous-layer"
RULES = {
    RULE: (
        "Container engines do not agree on what a layer of the image holds: it has entries of "
        "one path with different content, a file below a file, or the like. A scanner sees one "
        "tree, the engine that runs the image perhaps another. Sound build tools make no such "
        "layer, so it may be a way to hide something. Build the image again from its source with "
        "a current tool; do not run it before you know who made the layer. The evidence lists up "
        "to ten places."
    )
}
"""What `pratique explain` says of the rule."""
_SHOWN = 10


def ambiguous_layers(
    ambiguous: Iterable[Ambiguity], refs: Sequence[LayerRef | None]
) -> tuple[Finding, ...]:
    """Return one finding per layer, its places (up to ten) as evidence."""
    by_layer: dict[int, list[Ambiguity]] = {}
    for place in sorted(set(ambiguous)):
        by_layer.setdefault(place.layer, []).append(place)
    return tuple(_finding(refs[index], places) for index, places in by_layer.items())


def _finding(ref: LayerRef | None, places: list[Ambiguity]) -> Finding:
    layer = ref.diff_id if ref else ""
    more = len(places) - 1
    return Finding(
        id=f"{FindingKind.TAMPER}:{RULE}:{layer}",
        kind=FindingKind.TAMPER,
        rule=RULE,
        title="container engines do not agree on what this layer holds",
        description=f"{_sentence(places[0])}{f' (and {more} more)' if more else ''}",
        severity=Severity.MEDIUM,
        severity_source="pratique",
        confidence=Confidence.HIGH,
        location=places[0].path,
        layer=ref,
        evidence=tuple(
            Evidence(advisory=RULE, feed="pratique", name=place.path, note=place.reason)
            for place in places[:_SHOWN]
        ),
    )


def _sentence(place: Ambiguity) -> str:
    return f"{place.path}: {place.reason}" if place.path else place.reason
