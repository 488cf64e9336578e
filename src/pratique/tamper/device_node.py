"""
Find device nodes that a layer brings along and no container needs from it.

Engines make /dev anew for each container, so nodes in an image are leftovers: minimal systems made
by debootstrap and its kin ship the harmless ones (null, zero, full, random, urandom, tty, console,
ptmx), which are not told. A node of a disk or of memory, or any node outside of /dev, lets a
container that is allowed devices read and write the host's, by a name nobody looks for.
"""

from collections.abc import Iterable

from pratique.model.layer import Entry, EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting, per_layer
from pratique.tamper.interface import Scene

NAME = "device-node"
TITLE = "a layer brings device nodes that no container needs"
SEVERITY = Severity.LOW
RULES = {
    NAME: (
        "A layer holds device nodes. The engine makes /dev for each container, so an image needs "
        "none; the harmless ones that minimal systems ship in /dev are not told. A node of a disk "
        "or of memory, or a node outside of /dev, gives a container that may use devices "
        "(privileged, or with mknod and a loose device rule) a way to the host's disks or memory. "
        "Remove the nodes from the image. Never run it privileged before you know why they are "
        "there. The evidence gives the kind and the numbers (major:minor)."
    )
}
FIRES = (
    ((("dev/sda", "b 8:0"),),),
    ((("usr/share/x", "c 1:3"),),),
    ((("dev/mem", "c 1:1"),),),
)
SILENT = (
    ((("dev/null", "c 1:3"), ("dev/tty", "c 5:0"), ("dev/urandom", "c 1:9")),),
    ((("dev/sda", "a file"), ("dev/fd", "-> /proc/self/fd")),),
)
_HARMLESS = frozenset(
    ("1:3", "1:5", "1:7", "1:8", "1:9", "5:0", "5:1", "5:2", *(f"4:{n}" for n in range(64)))
)
"""Null, zero, full, random, urandom; tty, console, ptmx; virtual terminals."""
_DEVICES = (EntryKind.CHARACTER_DEVICE, EntryKind.BLOCK_DEVICE)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer that has such nodes, seen above or not."""
    if scene.tree.refs[:1] == [None]:
        return ()  # a folder: its /dev may be the host's own
    places = (
        (layer, Place(entry.path, _note(entry)))
        for layer, facts in enumerate(scene.facts)
        for entry in facts.entries
        if entry.kind in _DEVICES and not _is_harmless(entry)
    )
    return per_layer(places, scene.tree.refs)


def _is_harmless(entry: Entry) -> bool:
    character = entry.kind is EntryKind.CHARACTER_DEVICE
    return character and entry.path.startswith("dev/") and entry.link in _HARMLESS


def _note(entry: Entry) -> str:
    kind = "block" if entry.kind is EntryKind.BLOCK_DEVICE else "character"
    return f"a {kind} device {entry.link}".rstrip()
