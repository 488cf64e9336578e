"""
Find files brought in by ADD where COPY would do, and downloads by ADD.

The first layer of an image that ADDs a root file system is how bases are made; archives that ADD
unpacks are what it is for. Neither is told.
"""

import re
from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, sample
from pratique.formats.image.history import Step
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "add-instruction"
TITLE = "files are brought in by ADD, not by COPY"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-DI-0009", "CIS-Docker-4.9", "DL3020", "DS-0005")
RULES = {
    NAME: (
        "A step of the build is an ADD. ADD fetches what looks like an address and unpacks what looks "
        "like an archive, so what lands in the image depends on more than the line says. Use COPY for "
        "files. A download by ADD is graded low: give it --checksum=sha256:… so that the server "
        "cannot change it. Archives that are to be unpacked, and the root file system of a base "
        "image, are not told."
    )
}
_ARCHIVE = re.compile(r"\.(?:tar|tgz|tbz2?|txz|tar\.\w{1,5})$", re.IGNORECASE)
_OPTION = re.compile(r"--[a-z]+(?:=\S+)?")


def _built(*lines: str) -> tuple[HistoryEntry, ...]:
    first = HistoryEntry(created_by="ADD rootfs.tar.xz / # buildkit", empty_layer=True)
    return (first, *(HistoryEntry(created_by=line, empty_layer=True) for line in lines))


FIRES = (
    sample(history=_built("ADD app.py /srv/ # buildkit")),
    sample(history=_built("/bin/sh -c #(nop) ADD dir:" + "a" * 64 + " in /srv ")),
    sample(history=_built("ADD https://x.example/tool /usr/bin/tool # buildkit")),
)
SILENT = (
    sample(history=_built("COPY app.py /srv/ # buildkit")),
    sample(history=_built("ADD vendor.tar.gz /opt/ # buildkit")),
    sample(history=_built("ADD --checksum=sha256:ab https://x.example/t /t # buildkit")),
    sample(history=(HistoryEntry(created_by="/bin/sh -c #(nop) ADD file:" + "a" * 64 + " in / "),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with files, and one with downloads."""
    found = list(_added(scene))
    for fetched in (False, True):
        chosen = ((step, note) for step, note, is_fetched in found if is_fetched is fetched)
        yield from scene.in_steps(chosen, Severity.LOW if fetched else None)


def _added(scene: Scene) -> Iterator[tuple[Step, str, bool]]:
    files_before = False
    for step in scene.steps:
        words = step.text.split()
        target = words[-1] if words else ""
        if step.instruction == "ADD" and (files_before or target != "/"):
            options = [word for word in words if _OPTION.fullmatch(word)]
            sources = [word for word in words[:-1] if word not in options]
            fetched = any(word.lower().startswith(("http://", "https://")) for word in sources)
            checked = any(option.startswith("--checksum=") for option in options)
            if not checked and not (sources and all(map(_ARCHIVE.search, sources))):
                what = "a download" if fetched else "files"
                yield step, f"ADD of {what} to {target[:200]}", fetched
        files_before = files_before or step.instruction in ("ADD", "COPY", "RUN")
