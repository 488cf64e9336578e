"""
Find layers that play with deletion: whiteouts that no sound tool makes.

A whiteout deletes a path of the layers below. A sound one is an empty file ``.wh.NAME`` in a layer
above the one that holds NAME. Told are names that look like one and are none (``.wh.``,
``.wh..wh..opqX``), whiteouts that hold something, character device 0:0 and overlayfs attributes in
place of whiteouts, opaque markers through links or at the root, and a file made and deleted in one
layer; engines and scanners differ on each. Whiteouts in the lowest layer have nothing to delete, so
they are graded low: an image that was cut out of another one may carry them.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from pratique.formats.tar.whiteout import TRICKS
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting, per_layer
from pratique.tamper.interface import Scene

NAME = "whiteout-trick"
TITLE = "a layer plays with the marks by which layers delete files"
SEVERITY = Severity.MEDIUM
RULES = {
    NAME: (
        "A layer deletes what lies below it by whiteouts: empty files called .wh.NAME. This layer "
        "has whiteouts that no sound tool makes: names that only look like one, whiteouts that "
        "hold data, overlayfs's own marks, markers that work through links, or a file that is "
        "made and deleted in one layer. Engines and scanners read these differently, so a file "
        "can be there for one and gone for the other. Build the image again from its source with "
        "a current tool, and find out who made the layer. Whiteouts in the lowest layer delete "
        "nothing; they are graded low."
    )
}
FIRES = (
    ((("etc/motd", "x"),), (("etc/.wh.", ""),)),
    ((("etc/motd", "x"),), (("etc/.wh..wh..opqX", ""),)),
    ((("etc/motd", "x"),), (("etc/.wh.motd", "data"),)),
    ((("etc/motd", "x"),), (("etc/motd", "c 0:0"),)),
    ((("etc/motd", "x"),), (("link", "-> etc"), ("link/.wh..wh..opq", ""))),
    ((("etc/.wh.motd", ""), ("bin/sh", "x")),),
    ((("bin/sh", "x"),), (("etc/motd", "x"), ("etc/.wh.motd", ""))),
)
SILENT = (
    ((("etc/motd", "x"), ("etc/issue", "y")), (("etc/.wh.motd", ""),)),
    ((("etc/motd", "x"),), (("etc/", ""), ("etc/.wh..wh..opq", ""), ("etc/issue", "y"))),
    ((("etc/motd", "x"), (".wh..wh.plnk/", "")),),
    ((("etc/..wh.motd", "x"),),),
)
_MARKS = (EntryKind.WHITEOUT, EntryKind.OPAQUE)
_NOTHING_BELOW = "deletes or hides in the lowest layer, where there is nothing below"


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with a trick, and one for whiteouts in the lowest layer."""
    refs = scene.tree.refs
    tricks = [
        (place.layer, Place(place.path, place.reason))
        for place in scene.ambiguous
        if place.reason in TRICKS
    ]
    yield from per_layer(tricks, refs)
    if not any(layer == 0 for layer, _ in tricks):
        base = ((0, Place(path, _NOTHING_BELOW)) for path in islice(_base(scene), SHOWN))
        for seen in per_layer(base, refs):
            yield replace(seen, severity=Severity.LOW, confidence=Confidence.MEDIUM)


def _base(scene: Scene) -> Iterator[str]:
    if len(scene.facts) and scene.tree.refs[:1] != [None]:
        for entry in scene.facts[0].entries:
            if entry.kind in _MARKS:
                yield entry.path
