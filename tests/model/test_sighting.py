"""A sighting says where a rule fired, and keeps its key when an image is built anew."""

from pratique.model.digest import Digest
from pratique.model.package import LayerRef
from pratique.model.sighting import SHOWN, Place, Sighting, key_of, per_layer


def ref(index: int, salt: str = "") -> LayerRef:
    """Return a layer whose digests depend on ``salt``."""
    digest = Digest(f"sha256:{salt}{index:064d}")
    return LayerRef(index=index, blob=digest, diff_id=digest)


def test_the_first_place_speaks_and_the_others_are_counted() -> None:
    """Listed ones and those that are only counted."""
    seen = Sighting(places=(Place("a", "x", 2), Place("b", "y")), more=3)

    assert str(seen) == "a:2: x (and 4 more)"
    assert str(Sighting(places=(Place("", "no user"),))) == "no user"


def test_places_become_evidence() -> None:
    """Named as a person would look them up; no more than are shown."""
    seen = Sighting(places=tuple(Place(f"f{n}", "x", n) for n in range(20)))
    evidence = seen.evidence("rule")

    assert len(evidence) == SHOWN
    assert (evidence[1].advisory, evidence[1].name, evidence[1].note) == ("rule", "f1:1", "x")


def test_a_layer_with_many_places_lists_ten() -> None:
    """And counts the rest; a place that is told twice counts once."""
    places = [(0, Place(f"f{n:02}", "x")) for n in range(15)]
    (seen,) = per_layer([*places, *places], [ref(0)])

    assert len(seen.places) == SHOWN
    assert seen.more == 5


def test_the_key_survives_a_rebuild_and_not_another_place() -> None:
    """It is made of all paths, shown or not, and of no digest."""
    places = [(0, Place(f"f{n:02}", "x")) for n in range(15)]
    (before,) = per_layer(places, [ref(0)])
    (after,) = per_layer(places, [ref(0, "f")])
    (more,) = per_layer([*places, (0, Place("g", "x"))], [ref(0)])

    assert before.key == after.key
    assert before.key != more.key
    assert key_of([]) == ""
