"""
Find images of services that say no way to ask whether they work.

Images that only start a shell or nothing have nothing to ask, and are not told.
"""

from collections.abc import Iterable

from pratique.checks.image._started import only_a_shell
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "missing-healthcheck"
TITLE = "the image says no way to ask whether its program works"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0006", "CIS-Docker-4.6", "DL3057", "DS-0026")
RULES = {
    NAME: (
        "The config has no HEALTHCHECK, so Docker and Swarm see a program that hangs as one that "
        "works. Add a HEALTHCHECK that asks the program itself. Kubernetes does not read it: give "
        "the pod a liveness and a readiness probe, and say by an exception that you did. Images in "
        "the OCI format cannot hold a health check at all; podman and buildah keep it in Docker's "
        "format only (--format docker)."
    )
}
FIRES = (sample(has_healthcheck=False),)
SILENT = (
    sample(),
    sample(has_healthcheck=False, entrypoint=(), cmd=("bash",)),
    sample(has_healthcheck=False, entrypoint=(), cmd=()),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where a program is started and nothing checks it."""
    if scene.config.has_healthcheck or only_a_shell(scene):
        return ()
    return scene.in_config((at("HEALTHCHECK", "there is none"),))
