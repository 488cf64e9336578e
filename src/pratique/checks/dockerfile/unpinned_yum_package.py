"""Find packages that yum installs without a version."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import YUM, unpinned
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-yum-package"
TITLE = "yum installs a package without a version"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3033",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without a version the build takes what the repository has that day: two builds of one Dockerfile "
        "differ, and nobody can say by what. Pin the version (yum install curl-7.29.0), or build "
        "against a snapshot of the repository. Pinning without updates keeps flaws: pin only what "
        "something updates."
    )
}
BAD = (
    "FROM centos:7\nRUN yum -y install curl\n",
    "FROM centos:7\nRUN yum install -y python3-devel\n",
)
GOOD = ("FROM centos:7\nRUN yum -y install curl-7.29.0-59.el7 ./a.rpm $LIST\n",)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each package."""
    return unpinned(scene, YUM)
