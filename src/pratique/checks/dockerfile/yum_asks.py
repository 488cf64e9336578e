"""Find installs by yum that wait for an answer."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import YUM, asking
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "yum-asks"
TITLE = "yum waits for an answer in a build"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3030",)
RULES = {
    NAME: (
        "yum install asks before it changes anything, and a build has nobody to answer: it stops. Say yes "
        "beforehand with -y (or --assumeyes)."
    )
}
BAD = (
    "FROM centos:7\nRUN yum install curl-7.29.0\n",
    "FROM centos:7\nRUN yum -q groupinstall tools\n",
)
GOOD = (
    "FROM centos:7\nRUN yum -y install curl\n",
    "FROM centos:7\nRUN yum install -qy curl && yum clean all\n",
)
FIXED = (("FROM centos:7\nRUN yum install curl\n", "FROM centos:7\nRUN yum install -y curl\n"),)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    return asking(scene, YUM, "-y")
