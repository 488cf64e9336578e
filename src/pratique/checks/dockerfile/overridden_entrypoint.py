"""Find stages with more than one ENTRYPOINT, of which the last wins."""

from collections.abc import Iterable

from pratique.checks.dockerfile._replaced import replaced
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "overridden-entrypoint"
TITLE = "a stage has more than one ENTRYPOINT"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL4004",
    "DS-0007",
    "MultipleInstructionsDisallowed",
)
RULES = {
    NAME: (
        "Only the last ENTRYPOINT of a stage counts; those before it do nothing, and readers take "
        "them for what runs. Delete all but the last."
    )
}
BAD = ('FROM debian:12\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n',)
GOOD = (
    'FROM debian:12 AS x\nENTRYPOINT ["a"]\nFROM x\nENTRYPOINT ["b"]\n',
    'FROM debian:12\nONBUILD ENTRYPOINT a\nENTRYPOINT ["b"]\n',
)
FIXED = (
    (
        'FROM debian:12\nENTRYPOINT ["a"]\nUSER 1\nENTRYPOINT ["b"]\n',
        'FROM debian:12\nUSER 1\nENTRYPOINT ["b"]\n',
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each that a later one of the same stage replaces."""
    return replaced(scene, "ENTRYPOINT")
