"""Find installs by dnf, microdnf and tdnf that wait for an answer."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import DNF, asking
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dnf-asks"
TITLE = "dnf waits for an answer in a build"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3038",)
RULES = {
    NAME: (
        "dnf install asks before it changes anything, and a build has nobody to answer: it stops. Say yes "
        "beforehand with -y (or --assumeyes)."
    )
}
BAD = (
    "FROM fedora:42\nRUN dnf install curl\n",
    "FROM fedora:42\nRUN <<EOF\nmicrodnf install curl\nEOF\n",
)
GOOD = (
    "FROM fedora:42\nRUN dnf -y install curl\n",
    "FROM fedora:42\nRUN dnf install --assumeyes curl\n",
)
FIXED = (("FROM fedora:42\nRUN dnf install curl\n", "FROM fedora:42\nRUN dnf install -y curl\n"),)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    return asking(scene, DNF, "-y")
