"""
Find programs and libraries that are not those which their package recorded.

Compared are the digests that this program measured with those in the package database. Settings are
left out by the package's own word (conffiles of dpkg, ``config`` of rpm), as are symlinks, and
files that several packages record where one of them is right. Nothing else exempts a file. Databases
without digests say nothing, and a file that was not measured has none: scans for malware measure
every program and script that may be executed.
Whoever can change a program can change the database as well: that nothing is told proves nothing.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pratique.model.layer import EntryKind, Hashes
from pratique.model.package import Package
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting, per_layer
from pratique.tamper._programs import is_program
from pratique.tamper.interface import Sample, Scene

NAME = "modified-package-file"
TITLE = "programs are not those that their package installed"
SEVERITY = Severity.HIGH
RULES = {
    NAME: (
        "A file differs from what the package that owns it recorded. Either a build step replaced or "
        "patched it (then no advisory for the package says anything about it), or somebody put another "
        "program in its place. The evidence names file, package and both digests; the layer is the one that "
        "wrote the file. Install the package again, or install your own build under another path. The "
        "severity is high for programs and libraries, medium for other files. Settings that the package "
        "marks as such are not compared."
    )
}
_HONEST, _OTHER = "#!/bin/sh\necho a\n", "#!/bin/sh\necho b\n"


def _apk(*contents: str) -> str:
    """Return a database whose package owns usr/bin/a, with the digests of some contents."""
    sums = [base64.b64encode(hashlib.sha1(text.encode(), usedforsecurity=False).digest()).decode() for text in contents]  # fmt: skip
    return "".join(
        f"P:p{number}\nV:1-r0\nA:x86_64\nF:usr/bin\nR:a\nZ:Q1{one}\n\n"
        for number, one in enumerate(sums)
    )


def _dpkg(path: str, content: str) -> Sample:
    """Return an image with dpkg's record of a file with the honest content."""
    md5 = hashlib.md5(_HONEST.encode(), usedforsecurity=False).hexdigest()
    status = "Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
    return (
        (
            ("var/lib/dpkg/status", status),
            ("var/lib/dpkg/info/a.list", f"/.\n/{path}\n"),
            ("var/lib/dpkg/info/a.md5sums", f"{md5}  {path}\n"),
            (path, content),
        ),
    )


_DB = "lib/apk/db/installed"
FIRES = (
    (((_DB, _apk(_HONEST)), ("usr/bin/a", _OTHER)),),
    (((_DB, _apk(_HONEST)), ("usr/bin/a", _HONEST)), (("usr/bin/a", _OTHER),)),
    _dpkg("usr/sbin/a", _OTHER),
)
SILENT = (
    (((_DB, _apk(_HONEST)), ("usr/bin/a", _HONEST)),),
    (((_DB, _apk(_HONEST)), ("usr/bin/b", _OTHER), ("usr/bin/a", "-> b")),),
    (((_DB, _apk(_OTHER, _HONEST)), ("usr/bin/a", _HONEST)),),
    _dpkg("usr/sbin/a", _HONEST),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer that wrote such files, graded by the worst of them."""
    measured: dict[str, Hashes] = {}
    for layer in scene.facts:
        measured.update(layer.hashes)
    places = list(_modified(scene, measured))
    programs = {scene.tree.refs[layer] for layer, place in places if is_program(place.path)}
    for seen in per_layer(places, scene.tree.refs):
        yield replace(seen, severity=Severity.HIGH if seen.layer in programs else Severity.MEDIUM)


def _modified(scene: Scene, measured: dict[str, Hashes]) -> Iterator[tuple[int, Place]]:
    """Yield layer index and place of each file that none of its packages recorded like that."""
    for path, owners in _recorded(scene).items():
        node = scene.tree.lstat(path)
        if node is None or node.entry.kind is not EntryKind.FILE:
            continue
        sums = _sums(node.entry.content, measured)
        known = [(one, package) for one, package in owners if one.partition(":")[0] in sums]
        if not known or len(known) < len(owners):
            continue
        if any(sums[one.partition(":")[0]] == one.partition(":")[2] for one, _ in known):
            continue
        recorded, package = known[0]
        algorithm, _, digest = recorded.partition(":")
        yield (
            _layer(scene, path),
            Place(
                path,
                f"{package.name} {package.version} recorded {algorithm} {digest}, it has {sums[algorithm]}",
            ),
        )


def _recorded(scene: Scene) -> dict[str, list[tuple[str, Package]]]:
    """Return path -> recorded digests, with their packages, of all files but settings."""
    found: dict[str, list[tuple[str, Package]]] = {}
    settings: set[str] = set()
    for package in scene.packages:
        for file in scene.owned.get(package.key, ()):
            if file.config:
                settings.add(file.path)
            elif file.digest:
                found.setdefault(file.path, []).append((file.digest, package))
    return {path: owners for path, owners in found.items() if path not in settings}


def _sums(sha256: str, measured: dict[str, Hashes]) -> dict[str, str]:
    """Return what was measured of a file: algorithm -> digest; empty where nothing was."""
    if not sha256:
        return {}
    others = measured.get(sha256)
    further = {"sha1": others.sha1, "md5": others.md5} if others else {}
    return {"sha256": sha256} | {kind: digest for kind, digest in further.items() if digest}


def _layer(scene: Scene, path: str) -> int:
    layer = scene.tree.layer_of(path)
    return layer.index if layer else 0
