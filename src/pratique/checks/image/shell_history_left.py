"""Find what somebody typed into a shell or a database client while the image was made."""

from collections.abc import Iterable

from pratique.checks.image._left import left_in_layers
from pratique.checks.image.interface import Scene, sample
from pratique.checks.image.listing import HISTORIES
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "shell-history-left"
TITLE = "a record of typed commands ships with the image"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-LI-0003",)
RULES = {
    NAME: (
        "A layer holds the history of a shell or of a database client. It says what somebody typed, "
        "passwords and addresses among it, and that the image was made by hand in a running container "
        "(docker commit), so that nobody can build it again from a file. Build from a Dockerfile; "
        "never commit a container; look through the file for what must be changed."
    )
}
FIRES = (
    sample((("root/.bash_history", "mysql -p\n"),)),
    sample((("root/.psql_history", "select 1;\n"),), (("root/.wh..psql_history", ""),)),
)
SILENT = (sample((("root/.bash_history", ""), ("root/.bashrc", "HISTFILE=\n"))),)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    return left_in_layers(
        scene,
        (
            (marked, f"{marked.entry.size_bytes} bytes")
            for name in sorted(HISTORIES)
            for marked in scene.named.get(name, ())
            if marked.entry.kind is EntryKind.FILE and marked.entry.size_bytes
        ),
    )
