"""Find files that belong to the one who builds, not to what runs."""

from collections.abc import Iterable

from pratique.checks.image._left import is_own, left_in_layers
from pratique.checks.image.interface import Scene, sample
from pratique.checks.image.listing import BUILD_FILES
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "build-file-left"
TITLE = "files of the build ship with the image"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-LI-0003",)
RULES = {
    NAME: (
        "A layer holds Dockerfiles, Compose files, CI definitions or an editor's leavings. The "
        "program needs none of them, and they tell a reader how the system is put together, sometimes "
        "with credentials. They show that the whole folder was copied (COPY . .). Name them in "
        ".dockerignore, or copy what the program needs by name."
    )
}
FIRES = (
    sample((("srv/app/Dockerfile", "FROM x\n"), ("srv/app/docker-compose.yml", "x"))),
    sample((("srv/app/.DS_Store", "x"),)),
)
SILENT = (
    sample((("srv/node_modules/x/Dockerfile", "FROM x\n"), ("srv/app/Dockerfile.md", "x"))),
    sample((("srv/app/Dockerfile", "FROM x\n"),), (("srv/app/.wh.Dockerfile", ""),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer; what a later layer deletes is not told."""
    return left_in_layers(
        scene,
        (
            (marked, "not needed to run")
            for name in sorted(BUILD_FILES)
            for marked in scene.named.get(name, ())
            if marked.entry.kind is EntryKind.FILE
            and is_own(marked.entry.path)
            and scene.stands(marked)
        ),
    )
