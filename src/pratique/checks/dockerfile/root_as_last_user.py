"""Report that the last USER is root."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.stages import chain_of
from pratique.formats.dockerfile.variables import expand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "root-as-last-user"
TITLE = "the last USER is root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3002",
    "DS-0002",
    "AVD-DS-0002",
    "CKV_DOCKER_8",
    "CIS-Docker-4.1",
)
RULES = {
    NAME: (
        "What the container runs, it runs as root: a flaw in it owns everything in the "
        "container, and what is mounted into it. Switch to another user after the steps that "
        "need root: USER 65532, or a user that the image makes. Only the last USER of a stage "
        "counts, and only in a stage that ships: the last one, or one that another is built "
        "on. An image that names no user at all is told by root-user when it is scanned."
    )
}
BAD = (
    "FROM debian:12\nUSER app\nUSER root\n",
    "FROM debian:12\nUSER 0:0\n",
    "FROM debian:12\nARG U=root\nUSER $U\n",
)
GOOD = (
    "FROM debian:12\nUSER root\nRUN x\nUSER 1000\n",
    "FROM debian:12\nUSER root\nFROM scratch\nUSER 1\n",
    "FROM debian:12\nUSER ${APP_UID}\n",
    "FROM debian:12\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterator[Fault]:
    """Yield the last USER of each stage that ships and of none built on it, if it is root."""
    if not scene.stages:
        return
    stage = scene.stages[-1]
    for link in reversed(chain_of(scene.stages, stage)):
        pairs = zip(link.instructions, link.scopes, strict=True)
        users = [(one, values) for one, values in pairs if one.keyword == "USER"]
        if not users:
            continue
        one, values = users[-1]
        user = expand(one.text, values, scene.file.escape).text.strip()
        if user.partition(":")[0] in ("root", "0"):
            yield scene.at_instruction(one, f"the container runs as {user}")
        return
