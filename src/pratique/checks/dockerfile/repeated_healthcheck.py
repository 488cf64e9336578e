"""Report that a stage has more than one HEALTHCHECK."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "repeated-healthcheck"
TITLE = "a stage has more than one HEALTHCHECK"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3012",
    "DS-0023",
    "AVD-DS-0023",
)
RULES = {
    NAME: (
        "Only the last HEALTHCHECK of a stage counts; the ones before it do nothing, and "
        "whoever reads the first believes in a test that never runs. Keep the last one."
    )
}
BAD = ("FROM alpine:3.20\nHEALTHCHECK CMD a\nHEALTHCHECK CMD b\n",)
GOOD = (
    "FROM alpine:3.20\nHEALTHCHECK CMD a\n",
    "FROM alpine:3.20\nHEALTHCHECK CMD a\nFROM b:1\nHEALTHCHECK NONE\n",
)
FIXED = (
    (
        "FROM alpine:3.20\nHEALTHCHECK CMD a\nUSER b\nHEALTHCHECK CMD b\n",
        "FROM alpine:3.20\nUSER b\nHEALTHCHECK CMD b\n",
    ),
)


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each HEALTHCHECK of a stage that a later one replaces."""
    for stage in scene.stages:
        found = [one for one in stage.instructions if one.keyword == "HEALTHCHECK"]
        for one in found[:-1]:
            yield scene.at_instruction(
                one,
                f"the one in line {found[-1].line} replaces it",
                edits=(scene.edit(one.span, ""),),
                remedy="leave it out",
            )
