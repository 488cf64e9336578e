"""Find a # syntax= line without a digest."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Directive
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-frontend"
TITLE = "the image that reads the Dockerfile is not pinned"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "# syntax=docker/dockerfile:1 takes the newest release of the builder's front end, "
        "whatever that is on the day of the build. A digest (@sha256:…) makes two builds alike, "
        "and what runs in the build known; something must then update it."
    )
}
BAD = ("# syntax=docker/dockerfile:1\nFROM alpine:3.22\n",)
GOOD = (
    "# syntax=docker/dockerfile:1@sha256:abababababababababababababababababababababababababababababababab\nFROM alpine:3.22\n",
    "FROM alpine:3.22\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for the line."""
    for one in scene.file.pieces:
        if isinstance(one, Directive) and one.name == "syntax" and "@sha256:" not in one.value:
            yield scene.at_span(one.value_span, f"{one.value[:80]} may be another one tomorrow")
