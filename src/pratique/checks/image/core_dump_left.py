"""Find dumps of a program's memory."""

import re
from collections.abc import Iterable

from pratique.checks.image._left import is_own, left_in_layers
from pratique.checks.image.interface import File, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "core-dump-left"
TITLE = "a dump of a program's memory ships with the image"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A layer holds a file called core or core.NUMBER of more than 64 KiB: what a program had in "
        "memory when it crashed, keys, passwords and data of users among it. It is large, too. Find "
        "out which step crashed, delete the file in that step, and switch dumps off while building "
        "(ulimit -c 0). A file of this name that is none deserves another name."
    )
}
_LEAST_BYTES = 64 << 10
_NUMBERED = re.compile(r"core(?:\.[0-9]{1,7})?")
_DUMP = File("\x7fELF" + "x" * (70 << 10))
FIRES = (sample((("srv/core.1234", _DUMP),)), sample((("core", _DUMP),), ((".wh.core", ""),)))
SILENT = (
    sample((("srv/core/", ""), ("srv/core/x", "y"), ("srv/core.js", _DUMP))),
    sample((("srv/core", "short"), ("usr/lib/x/core", _DUMP))),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    return left_in_layers(
        scene,
        (
            (marked, f"{marked.entry.size_bytes / 1e6:.1f} MB")
            for marked in scene.named.get("core", ())
            if marked.entry.kind is EntryKind.FILE
            and marked.entry.size_bytes >= _LEAST_BYTES
            and not marked.entry.mode & 0o111
            and _NUMBERED.fullmatch(marked.entry.path.rpartition("/")[2])
            and is_own(marked.entry.path)
        ),
    )
