"""Find layers that keep what yarn downloaded."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import command_behind, ships, told
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.tree import Word
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "yarn-cache-left"
TITLE = "the cache of yarn stays in a layer"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3060",)
RULES = {
    NAME: (
        "yarn keeps what it downloads in a cache of its own, in the layer of that RUN. In an "
        "image nobody uses it again. Clean up in the same RUN (yarn cache clean), or mount a "
        "cache over the folder. Only stages that reach the image are looked at."
    )
}
BAD = ("FROM node:22\nRUN yarn install --frozen-lockfile\n",)
GOOD = (
    "FROM node:22\nRUN yarn install && yarn cache clean\n",
    "FROM node:22 AS build\nRUN yarn install\nFROM nginx:1.29\nCOPY --from=build /app /app\n",
    "FROM node:22\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install\n",
)
FIXED = (
    (
        "FROM node:22\nRUN yarn install\n",
        "FROM node:22\nRUN yarn install && yarn cache clean\n",
    ),
)
EFFECT = Effect(
    removed=("*.cache", "*.cache/*", "*.yarn/*", "tmp/*"), changed=("*.cache/*",), added=("tmp/*",)
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN that installs and does not clean up afterwards."""
    seen: set[int] = set()
    for run, command, verb in told(scene, ("yarn",), frozenset({"install"})):
        at = run.instruction.span.start
        mounted = any("cache" in (one.options.get("target") or "") for one in run.mounts)
        if at in seen or mounted or not ships(scene, run.stage) or _cleans(run, verb):
            continue
        seen.add(at)
        yield scene.at_span(
            command.span,
            "what yarn downloads stays in the layer",
            key=" ".join(command.arguments)[:80],
            edits=command_behind(scene, run, command, "yarn cache clean"),
            remedy="add yarn cache clean",
        )


def _cleans(run: Run, verb: Word) -> bool:
    return any(
        (one.program == "yarn" and one.plain[:2] == ("cache", "clean"))
        or (one.program == "rm" and any("cache" in name for name in one.plain))
        for one in run.commands
        if one.span.start > verb.span.start
    )
