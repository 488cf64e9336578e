"""Find layers that keep what zypper downloaded."""

from collections.abc import Iterable

from pratique.checks.dockerfile._rpm import ZYPPER, uncleaned
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "zypper-cache-left"
TITLE = "the cache of zypper stays in a layer"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3036",
    "DS-0020",
)
RULES = {
    NAME: (
        "What a package manager downloads stays in the layer of the RUN that ran it, where no later RUN "
        "can remove it. Clean up in the same RUN"
        " (zypper clean), or mount a cache over /var/cache/zypp. Stages that do not reach the "
        "image are told as negligible."
    )
}
BAD = ("FROM opensuse/leap:15.6\nRUN zypper -n in curl\n",)
GOOD = ("FROM opensuse/leap:15.6\nRUN zypper -n in curl && zypper cc\n",)
FIXED = (
    (
        "FROM opensuse/leap:15.6\nRUN zypper -n in curl\n",
        "FROM opensuse/leap:15.6\nRUN zypper -n in curl && zypper clean\n",
    ),
)
EFFECT = Effect(removed=("var/cache/zypp/*",), changed=("var/cache/zypp/*",))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN that leaves it."""
    return uncleaned(scene, ZYPPER)
