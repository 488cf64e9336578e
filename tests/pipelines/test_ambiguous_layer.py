"""Ambiguous places become one finding per layer, stable and bounded."""

from pratique.formats.overlay.merge import Ambiguity
from pratique.model.digest import sha256_of
from pratique.model.finding import FindingKind
from pratique.model.package import LayerRef
from pratique.pipelines.ambiguous_layer import RULE, ambiguous_layers

REFS = [
    LayerRef(index=n, blob=sha256_of(b"%d" % n), diff_id=sha256_of(b"d%d" % n)) for n in range(3)
]


def test_one_finding_per_layer() -> None:
    """In the order of the layers, whatever the order of the places."""
    places = [Ambiguity(2, "b", "why"), Ambiguity(0, "c", "x"), Ambiguity(2, "a", "why")]
    first, second = ambiguous_layers(places, REFS)
    assert (first.layer, second.layer) == (REFS[0], REFS[2])
    assert (second.kind, second.rule, second.location) == (FindingKind.TAMPER, RULE, "a")
    assert second.description == "a: why (and 1 more)"
    assert [e.name for e in second.evidence] == ["a", "b"]
    assert ambiguous_layers(reversed(places), REFS) == (first, second)
    assert first.id != second.id


def test_evidence_is_bounded_and_refs_optional() -> None:
    """Ten places are enough; a folder has no layer."""
    places = [Ambiguity(0, f"p{n}", "r") for n in range(50)]
    (finding,) = ambiguous_layers(places, [None])
    assert (len(finding.evidence), finding.layer) == (10, None)
    assert ambiguous_layers([], []) == ()
