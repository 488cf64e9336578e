"""Find images that are called by the tag latest, or by none."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "latest-tag"
TITLE = "the image is called by the tag latest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0006", "CIS-Docker-5.28", "DL3007", "DS-0001")
RULES = {
    NAME: (
        "The name under which the image was scanned has the tag latest. The tag says nothing of the "
        "version, moves without notice, and two machines that start it run two programs; there is "
        "nothing to go back to. Tag each build with its version or commit, and refer to it by "
        "digest (name@sha256:…) where it is started."
    )
}
FIRES = (sample(name="registry.example/app:latest"), sample(name="app:latest"))
SILENT = (
    sample(name="registry.example/app:1.2"),
    sample(name="registry.example:5000/app@sha256:" + "0" * 64),
    sample(name="app:latest@sha256:" + "0" * 64),
    sample(name=""),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where the name says latest and no digest."""
    name, digest, _ = scene.image.name.partition("@")
    if digest or name.rpartition("/")[2].partition(":")[2] != "latest":
        return ()
    return scene.in_config((Place("", f"scanned as {name[:200]}"),))
