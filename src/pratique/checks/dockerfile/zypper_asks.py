"""Find installs by zypper that wait for an answer."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import ZYPPER, asking
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "zypper-asks"
TITLE = "zypper waits for an answer in a build"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3034",)
RULES = {
    NAME: (
        "zypper asks before it changes anything, and a build has nobody to answer: it stops. Use zypper "
        "--non-interactive (-n), or -y behind the verb."
    )
}
BAD = ("FROM opensuse/leap:15.6\nRUN zypper install curl\n",)
GOOD = (
    "FROM opensuse/leap:15.6\nRUN zypper -n in curl\n",
    "FROM opensuse/leap:15.6\nRUN zypper in -y curl\n",
)
FIXED = (
    (
        "FROM opensuse/leap:15.6\nRUN zypper in curl\n",
        "FROM opensuse/leap:15.6\nRUN zypper in -y curl\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    return asking(scene, ZYPPER, "-y")
