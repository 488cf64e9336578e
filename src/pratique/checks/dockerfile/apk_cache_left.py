"""Report that the index of apk is left in the image."""

from collections.abc import Iterator

from pratique.checks.dockerfile._installed import verb_word
from pratique.checks.dockerfile.interface import Fault, Misread, Scene
from pratique.checks.dockerfile.unpinned_apk_package import VALUED
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Span, Word
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "apk-cache-left"
TITLE = "the index of apk is left in the image"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3019",
    "DS-0025",
    "AVD-DS-0025",
)
RULES = {
    NAME: (
        "apk add keeps the index of all packages under /var/cache/apk, of no use to what runs "
        "and old tomorrow. apk add --no-cache loads it, uses it and leaves nothing; a cache "
        "mount over /var/cache/apk keeps it out of the image as well."
    )
}
BAD = (
    "FROM alpine:3.20\nRUN apk add curl\n",
    "FROM alpine:3.20\nRUN apk update && apk add -U curl\n",
)
GOOD = (
    "FROM alpine:3.20\nRUN apk add --no-network --virtual .run $deps\n",
    "FROM alpine:3.20\nRUN apk add --no-cache curl\n",
    "FROM alpine:3.20\nRUN apk --no-cache add curl\n",
    "FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\n",
    "FROM alpine:3.20\nRUN apk add curl && rm -rf /var/cache/apk/*\n",
)
FIXED = (
    ("FROM alpine:3.20\nRUN apk add curl\n", "FROM alpine:3.20\nRUN apk add --no-cache curl\n"),
    (
        "FROM alpine:3.20\nRUN apk update && \\\n    apk add \\\n    a\n",
        "FROM alpine:3.20\nRUN apk update && \\\n    apk add --no-cache \\\n    a\n",
    ),
)
EFFECT = Effect(removed=("var/cache/apk/*",))


_CACHE = "/var/cache/apk"


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each ``apk add`` that neither leaves the cache out nor is followed by its deletion."""
    for run, one, verb in _adding(scene):
        if _cleared(run) or one.has("--no-network"):
            continue
        end = verb.span.end
        edits = (scene.edit(Span(end, end), " --no-cache"),)
        yield scene.at_span(one.span, "no --no-cache", edits=edits, remedy="add --no-cache")


def misread(scene: Scene) -> Iterator[Misread]:
    """Yield each ``apk add`` that leaves nothing, though it does not say --no-cache."""
    for run, one, _ in _adding(scene):
        if one.has("--no-network"):
            yield Misread("DL3019", one.span.start, "without a network it loads no index")
        elif _cleared(run):
            yield Misread("DL3019", one.span.start, "the index is deleted below")


def _adding(scene: Scene) -> Iterator[tuple[Run, Command, Word]]:
    """Yield each ``apk add`` without --no-cache and a mount, and its word ``add``."""
    for run, one in scene.commands("apk"):
        verb = verb_word(one, ("add",), VALUED)
        if verb is not None and not one.has("--no-cache") and not run.cached(_CACHE):
            yield run, one, verb


def _cleared(run: Run) -> bool:
    return any(
        one.program == "rm" and any(path.startswith(_CACHE) for path in one.plain)
        for one in run.commands
    )
