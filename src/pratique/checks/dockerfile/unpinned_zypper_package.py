"""Find packages that zypper installs without a version."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import ZYPPER, unpinned
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-zypper-package"
TITLE = "zypper installs a package without a version"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3037",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without a version the build takes what the repository has that day: two builds of one Dockerfile "
        "differ, and nobody can say by what. Pin the version (zypper install curl=8.0.1), or build "
        "against a snapshot of the repository. Pinning without updates keeps flaws: pin only what "
        "something updates."
    )
}
BAD = ("FROM opensuse/leap:15.6\nRUN zypper -n in curl\n",)
GOOD = ('FROM opensuse/leap:15.6\nRUN zypper -n in curl=8.0.1 "git>=2"\n',)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each package."""
    return unpinned(scene, ZYPPER)
