"""
Find files that everybody may write to, and folders without the sticky bit.

Folders of temporary files have the sticky bit, by which nobody deletes another's; devices and
sockets are made when the container starts. Not told are files in /dev, /proc, /sys and /run, and those
in folders that others cannot enter, as /root is on most systems.
"""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import File, Marked, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting, key_of, per_layer

NAME = "world-writable-path"
TITLE = "everybody may write to files or folders of the image"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Files that every user may write to, or folders in which every user may replace files (no "
        "sticky bit), let whoever takes over one program of the container change another: its data, "
        "its settings, its code. What is run, loaded or read as settings (programs, scripts, /etc, "
        "/usr) is graded high. Give the one user that must write its own folder (COPY --chown), and "
        "others nothing (chmod o-w). Folders are meant for everybody with mode 1777 only. In an image "
        "with one user the risk is small, and OpenShift's arbitrary users need group 0, not everybody."
    )
}
_APART = ("dev/", "proc/", "sys/", "run/", "var/run/", "tmp/", "var/tmp/", "var/lock/")
_RUN = ("bin/", "sbin/", "lib/", "lib64/", "etc/", "usr/", "boot/", "root/", "opt/")
_DATA = ("usr/share/doc", "usr/share/man", "usr/local/share/")
FIRES = (
    sample((("data/world.txt", File("x", 0o666)),)),
    sample((("data/", File(mode=0o777)),)),
    sample((("etc/app.conf", File("x", 0o666)),)),
    sample((("srv/run.sh", File("#!/bin/sh\n", 0o777)),)),
)
SILENT = (
    sample((("tmp/", File(mode=0o1777)), ("var/tmp/", File(mode=0o1777)), ("x", "-> /tmp"))),
    sample((("data/x", File("x", 0o666)),), (("data/x", File("x", 0o640)),)),
    sample((("root/", File(mode=0o700)), ("root/a/", File()), ("root/a/x", File("x", 0o666)))),
    sample((("dev/shm/", File(mode=0o777)), ("run/app/", File(mode=0o777)))),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return per layer one sighting for what is run or read as settings, and one for the rest."""
    found = list(_writable(scene))
    for grave in (True, False):
        places = (
            (marked.layer, Place(marked.entry.path, _note(marked)))
            for marked in found
            if _is_grave(marked) is grave
        )
        for seen in per_layer(places, scene.tree.refs):
            yield Sighting(
                places=seen.places[:SHOWN],
                more=seen.more,
                layer=seen.layer,
                key=key_of(("grave" if grave else "", seen.key)),
                severity=Severity.HIGH if grave else None,
            )


def _writable(scene: Scene) -> Iterator[Marked]:
    closed: dict[str, bool] = {"": False}
    for marked in scene.special:
        entry = marked.entry
        sticky = entry.kind is EntryKind.DIRECTORY and entry.mode & 0o1000
        apart = f"{entry.path}/".startswith(_APART)
        if not entry.mode & 0o002 or sticky or apart or not scene.stands(marked):
            continue
        if not _is_closed(scene, entry.path.rpartition("/")[0], closed):
            yield marked


def _is_closed(scene: Scene, folder: str, known: dict[str, bool]) -> bool:
    """Say whether a folder, or one above it, lets only its owner or group in."""
    ways = [folder[:at] for at, char in enumerate(folder) if char == "/"]
    above = False
    for way in (*ways, folder):
        if way not in known:
            node = scene.tree.get(way)
            known[way] = above or (node is not None and not node.entry.mode & 0o001)
        above = known[way]
    return above


def _is_grave(marked: Marked) -> bool:
    entry = marked.entry
    if entry.kind is EntryKind.FILE and entry.mode & 0o111 and entry.size_bytes:
        return True
    return f"{entry.path}/".startswith(_RUN) and not entry.path.startswith(_DATA)


def _note(marked: Marked) -> str:
    what = "folder" if marked.entry.kind is EntryKind.DIRECTORY else "file"
    return f"a {what} of mode {marked.entry.mode & 0o7777:o}"
