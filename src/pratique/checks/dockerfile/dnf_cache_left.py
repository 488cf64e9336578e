"""Find layers that keep what dnf downloaded."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import DNF, uncleaned
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dnf-cache-left"
TITLE = "the cache of dnf stays in a layer"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3040",
    "DS-0019",
)
RULES = {
    NAME: (
        "What a package manager downloads stays in the layer of the RUN that ran it, where no later RUN "
        "can remove it. Clean up in the same RUN"
        " (dnf clean all), or mount a cache over /var/cache/dnf. Stages that do not reach the "
        "image are told as negligible."
    )
}
BAD = (
    "FROM fedora:42\nRUN dnf -y install curl\n",
    "FROM fedora:42\nRUN microdnf install -y curl\n",
)
GOOD = (
    "FROM fedora:42\nRUN dnf -y install curl && dnf clean all\n",
    "FROM fedora:42\nRUN dnf -y install curl && rm -rf /var/cache/dnf\n",
)
FIXED = (
    (
        "FROM fedora:42\nRUN dnf -y install \\\n  curl\n",
        "FROM fedora:42\nRUN dnf -y install \\\n  curl && dnf clean all\n",
    ),
)
EFFECT = Effect(removed=("var/cache/*", "var/lib/dnf/*"), changed=("var/cache/*", "var/lib/dnf/*"))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN that leaves it."""
    return uncleaned(scene, DNF)
