"""Find stages with more than one CMD, of which the last wins."""

from collections.abc import Iterable

from pratique.checks.dockerfile._replaced import replaced
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "overridden-command"
TITLE = "a stage has more than one CMD"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL4003",
    "DS-0016",
    "MultipleInstructionsDisallowed",
)
RULES = {
    NAME: (
        "Only the last CMD of a stage counts; those before it do nothing, and readers take them "
        "for what runs. Delete all but the last."
    )
}
BAD = ('FROM debian:12\nCMD ["a"]\nCMD ["b"]\n',)
GOOD = (
    'FROM debian:12 AS x\nCMD ["a"]\nFROM x\nCMD ["b"]\n',
    'FROM debian:12\nONBUILD CMD a\nCMD ["b"]\n',
)
FIXED = (
    (
        'FROM debian:12\nCMD ["a"]\nUSER 1\nCMD ["b"]\n',
        'FROM debian:12\nUSER 1\nCMD ["b"]\n',
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each that a later one of the same stage replaces."""
    return replaced(scene, "CMD")
