"""Find comments that silence a check."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Comment, Directive
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "ignore-comment"
TITLE = "a comment silences a check"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL1001",)
PEDANTIC = True
RULES = {
    NAME: (
        "A comment here switches checks off. That may be right, but it hides the next fault of "
        "the sort as well; who reviews wants to see it. Give the reason behind it, and remove it "
        "once the cause is gone."
    )
}
_IGNORES = re.compile(r"(?:hadolint\s+(?:global\s+)?|pratique\s*:?\s*|trivy:)(?:ignore|allow)[=: ]")
BAD = (
    "# hadolint ignore=DL3008\nFROM debian:12\n",
    "# check=skip=all\nFROM debian:12\n",
)
GOOD = ("# we ignore nothing\nFROM debian:12\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such comment or directive."""
    for one in scene.file.pieces:
        if isinstance(one, Directive) and one.name == "check" and "skip" in one.value:
            yield scene.at_span(one.span, f"check={one.value[:80]}", key=one.value[:80])
        elif isinstance(one, Comment) and _IGNORES.match(one.text):
            yield scene.at_span(one.span, one.text[:80], key=one.text[:80])
