"""Ambiguous places become one sighting per layer, stable and bounded."""

from pratique.formats.overlay.merge import Ambiguity
from pratique.formats.overlay.nodes import implicit_folder
from pratique.formats.overlay.tree import MergedTree
from pratique.formats.tar.whiteout import LOADED
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT
from pratique.kit.selector import Selector
from pratique.model.digest import sha256_of
from pratique.model.package import LayerRef
from pratique.model.sighting import Sighting
from pratique.tamper.ambiguous_layer import look
from pratique.tamper.interface import Scene

REFS = [
    LayerRef(index=n, blob=sha256_of(b"%d" % n), diff_id=sha256_of(b"d%d" % n)) for n in range(3)
]


def seen(*places: Ambiguity) -> tuple[Sighting, ...]:
    tree = MergedTree(implicit_folder("", 0), Selector([]), KeptFiles(1, 1), DEFAULT)
    tree.refs.extend(REFS)
    return tuple(look(Scene(tree=tree, ambiguous=places)))


def test_one_sighting_per_layer() -> None:
    """In the order of the layers, whatever the order of the places."""
    places = [Ambiguity(2, "b", "why"), Ambiguity(0, "c", "x"), Ambiguity(2, "a", "why")]
    first, second = seen(*places)

    assert (first.layer, second.layer) == (REFS[0], REFS[2])
    assert [place.path for place in second.places] == ["a", "b"]
    assert seen(*reversed(places)) == (first, second)


def test_places_are_bounded() -> None:
    """Ten places are enough; the others are counted."""
    (one,) = seen(*(Ambiguity(0, f"p{n:02}", "r") for n in range(50)))

    assert (len(one.places), one.more) == (10, 40)
    assert seen() == ()


def test_tricks_with_whiteouts_are_left_to_their_own_rule() -> None:
    """One place is told once."""
    assert seen(Ambiguity(0, "p", LOADED)) == ()
