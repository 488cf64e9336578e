"""Find images that run as root because nothing says otherwise."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import final_chain, in_stages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "no-user-set"
TITLE = "no USER is set, so the container runs as root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "CKV_DOCKER_3",
    "DS-0002",
    "AVD-DS-0002",
    "CIS-DI-0001",
    "CIS-Docker-4.1",
)
RULES = {
    NAME: (
        "Without USER a container runs as the user of its base image, which is root for nearly "
        "all. Whoever breaks into the program is then root in the container, and one flaw of the "
        "kernel or the engine away from root of the host. Make a user and end with USER 10001. "
        "The base image may set one, which the file does not show: images that say nonroot, "
        "rootless or unprivileged in their name are believed."
    )
}
_BELIEVED = ("nonroot", "non-root", "rootless", "unprivileged", "cgr.dev/chainguard/")
BAD = (
    'FROM debian:12\nCMD ["a"]\n',
    "FROM debian:12 AS build\nUSER 1\nFROM scratch\nCOPY --from=build /a /a\n",
)
GOOD = (
    "FROM debian:12\nUSER 10001\n",
    "FROM debian:12 AS base\nUSER 10001\nFROM base\n",
    "FROM gcr.io/distroless/static:nonroot\n",
    "FROM nginxinc/nginx-unprivileged:1.29\n",
    "ARG X=1\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault, at the last FROM."""
    chain = final_chain(scene)
    kept = {stage.index for stage in chain}
    said = any(stage.index in kept for stage, _, _ in in_stages(scene, "USER"))
    if chain and not said and not any(word in chain[0].image for word in _BELIEVED):
        yield scene.at_instruction(chain[-1].opening, "no USER in the stages of the image")
