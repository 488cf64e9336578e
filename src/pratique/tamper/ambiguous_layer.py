"""
Find layers on whose meaning container engines do not agree.

Such a layer shows one tree to one engine and another tree to the next, so a scan speaks for one of
them only. Sound build tools make none: the merge is held against podman, containerd and plain
unpacking by a property test, and notes nothing where they agree. What plays with whiteouts, or
stands behind the end of a layer, has rules of its own (``whiteout-trick``, ``polyglot-archive``).
"""

from collections.abc import Iterable

from pratique.formats.tar.walker import BEHIND_END
from pratique.formats.tar.whiteout import TRICKS
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting, per_layer
from pratique.tamper.interface import Scene

NAME = "ambiguous-layer"
TITLE = "container engines do not agree on what this layer holds"
SEVERITY = Severity.MEDIUM
RULES = {
    NAME: (
        "Container engines do not agree on what a layer of the image holds: it has entries of "
        "one path with different content, a file below a file, or the like. A scanner sees one "
        "tree, the engine that runs the image perhaps another. Sound build tools make no such "
        "layer, so it may be a way to hide something. Build the image again from its source with "
        "a current tool; do not run it before you know who made the layer. The evidence lists up "
        "to ten places."
    )
}
FIRES = (
    ((("etc/motd", "one"), ("etc/motd", "two")),),
    ((("bin", "a file"), ("bin/sh", "a program")),),
    ((("usr/bin/x", "=> usr/bin/nothing"),),),
)
SILENT = (
    ((("etc/", ""), ("etc/motd", "one")), (("etc/motd", "two"),)),
    ((("usr/bin/x", "program"), ("usr/bin/y", "=> usr/bin/x"), ("bin", "-> usr/bin")),),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer that engines read differently."""
    places = (
        (place.layer, Place(place.path, place.reason))
        for place in scene.ambiguous
        if place.reason not in TRICKS and place.reason != BEHIND_END
    )
    return per_layer(places, scene.tree.refs)
