"""Find layers that keep what yum downloaded."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import YUM, uncleaned
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "yum-cache-left"
TITLE = "the cache of yum stays in a layer"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3032",
    "DS-0015",
)
RULES = {
    NAME: (
        "What a package manager downloads stays in the layer of the RUN that ran it, where no later RUN "
        "can remove it. Clean up in the same RUN"
        " (yum clean all), or mount a cache over /var/cache/yum. Stages that do not reach the "
        "image are told as negligible."
    )
}
BAD = ("FROM centos:7\nRUN yum -y install curl\n",)
GOOD = (
    "FROM centos:7\nRUN yum -y install curl && yum clean all\n",
    "FROM centos:7\nRUN yum -y install curl && rm -rf /var/cache/yum/*\n",
    "FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum -y install curl\n",
)
FIXED = (
    (
        "FROM centos:7\nRUN yum -y install curl && curl -V\n",
        "FROM centos:7\nRUN yum -y install curl && yum clean all && curl -V\n",
    ),
)
EFFECT = Effect(removed=("var/cache/*", "var/lib/yum/*"), changed=("var/cache/*", "var/lib/yum/*"))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN that leaves it."""
    return uncleaned(scene, YUM)
