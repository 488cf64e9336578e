"""Find packages that dnf installs without a version."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import DNF, unpinned
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-dnf-package"
TITLE = "dnf installs a package without a version"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3041",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without a version the build takes what the repository has that day: two builds of one Dockerfile "
        "differ, and nobody can say by what. Pin the version (dnf install curl-8.9.1), or build "
        "against a snapshot of the repository. Pinning without updates keeps flaws: pin only what "
        "something updates."
    )
}
BAD = ("FROM fedora:42\nRUN dnf -y install curl git-core\n",)
GOOD = ("FROM fedora:42\nRUN dnf -y install curl-8.9.1 https://x.example/a.rpm\n",)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each package."""
    return unpinned(scene, DNF)
