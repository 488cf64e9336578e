"""Find files of environment settings that were meant for the developer's machine."""

from collections.abc import Iterable

from pratique.checks.image._left import is_own, left_in_layers
from pratique.checks.image.interface import Scene, sample
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "environment-file-left"
TITLE = "a .env file ships with the image"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("DKL-LI-0003", "CIS-DI-0010")
RULES = {
    NAME: (
        "A layer holds a file .env, in which developers keep settings and passwords for their own "
        "machine. COPY . . takes it along unless .dockerignore names it. Whoever has the image can "
        "read it, also where a later step deletes it. Name .env* in .dockerignore, give settings when "
        "the container starts, and change the passwords that were in it. Templates (.env.example, "
        ".env.dist) are not told; the secrets scanner tells the values."
    )
}
_TEMPLATES = frozenset({"example", "sample", "dist", "template", "tpl", "schema", "defaults", "md"})
FIRES = (
    sample((("srv/app/.env", "A=b\n"),)),
    sample((("srv/app/.env.production", "A=b\n"),), (("srv/app/.wh..env.production", ""),)),
)
SILENT = (
    sample((("srv/app/.env.example", "A=b\n"), ("srv/app/.env.local.sample", "A=b\n"))),
    sample((("srv/app/.env", ""), ("srv/app/.env.d/", ""))),
    sample((("srv/app/node_modules/x/.env", "A=b\n"),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    return left_in_layers(
        scene,
        (
            (marked, f"{marked.entry.size_bytes} bytes of settings")
            for marked in scene.named.get(".env", ())
            if marked.entry.kind is EntryKind.FILE
            and marked.entry.size_bytes
            and is_own(marked.entry.path)
            and marked.entry.path.rpartition(".")[2] not in _TEMPLATES
        ),
    )
