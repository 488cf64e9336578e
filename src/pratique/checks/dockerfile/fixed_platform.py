"""Find stages that are bound to one platform."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "fixed-platform"
TITLE = "a stage is bound to one platform"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3029",
    "FromPlatformFlagConstDisallowed",
)
RULES = {
    NAME: (
        "FROM --platform with a fixed value builds that stage for one architecture, whatever was "
        "asked for: on another machine the image runs emulated, or not at all. Leave it away, or "
        "use $BUILDPLATFORM for stages that cross-compile. A stage whose name says its platform "
        "is meant so."
    )
}
BAD = ("FROM --platform=linux/amd64 alpine:3.22\n",)
GOOD = (
    "FROM --platform=$BUILDPLATFORM alpine:3.22\n",
    "FROM --platform=linux/arm64 alpine:3.22 AS tools-arm64\n",
    "FROM alpine:3.22\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such stage."""
    for stage in scene.stages:
        platform = stage.base.platform
        if not platform or "$" in platform or _says(stage.name, platform):
            continue
        for flag in stage.opening.flags:
            if flag.name == "platform":
                yield scene.at_span(flag.span, f"always {platform[:40]}", key=platform[:40])


def _says(name: str, platform: str) -> bool:
    """Say whether a stage's name holds its platform, or the last part of it."""
    parts = [part for part in platform.lower().split("/") if part]
    return bool(name) and any(part in name for part in parts)
