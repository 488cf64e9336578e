"""Find images that do not say how their health is checked."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import final_chain, in_stages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "no-healthcheck"
TITLE = "the image does not say how its health is checked"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "DL3057",
    "DS-0026",
    "CKV_DOCKER_2",
    "CIS-DI-0006",
    "CIS-Docker-4.6",
)
PEDANTIC = True
RULES = {
    NAME: (
        "Docker and Swarm restart a container that hangs only where a HEALTHCHECK tells them how "
        "to see it. Kubernetes does not look at it: it has probes of its own. The base image may "
        "have one, which a file cannot show."
    )
}
BAD = ('FROM debian:12\nCMD ["a"]\n',)
GOOD = (
    "FROM debian:12\nHEALTHCHECK NONE\n",
    "FROM debian:12 AS x\nHEALTHCHECK CMD true\nFROM x\n",
    "ARG A\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault at the last FROM where no stage below the image has one."""
    chain = final_chain(scene)
    kept = {stage.index for stage in chain}
    said = any(stage.index in kept for stage, _, _ in in_stages(scene, "HEALTHCHECK"))
    if chain and not said:
        yield scene.at_instruction(chain[-1].opening, "no HEALTHCHECK")
