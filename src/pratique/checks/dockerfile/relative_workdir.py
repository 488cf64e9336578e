"""Report that WORKDIR is relative."""

import re
from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.variables import expand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "relative-workdir"
TITLE = "WORKDIR is relative"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3000",
    "WorkdirRelativePath",
    "DS-0009",
    "AVD-DS-0009",
    "CKV_DOCKER_10",
)
RULES = {
    NAME: (
        "A relative WORKDIR depends on the one before it, and the first of all on the base "
        "image, which may change. Write the whole path. A variable that ARG or ENV sets to a "
        "whole path is fine; one that nobody sets is left to the build."
    )
}
BAD = (
    "FROM alpine:3.20\nWORKDIR app\n",
    'FROM alpine:3.20\nWORKDIR "app/x"\n',
    "FROM alpine:3.20\nARG D=app\nWORKDIR $D\n",
)
GOOD = (
    "FROM alpine:3.20\nWORKDIR /app\n",
    "FROM alpine:3.20\nARG D=/app\nWORKDIR ${D}/x\n",
    "FROM alpine:3.20\nARG D\nWORKDIR $D\n",
    "# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:\\app\n",
    'FROM alpine:3.20\nWORKDIR "/a b"\n',
)
FIXED: tuple[tuple[str, str], ...] = ()


_WHOLE = re.compile(r"/|[A-Za-z]:|\\")


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each WORKDIR that begins with neither a slash, a drive nor an unknown variable."""
    for stage in scene.stages:
        for one, values in zip(stage.instructions, stage.scopes, strict=True):
            taken = one.trigger or one
            if taken.keyword != "WORKDIR" or not taken.text:
                continue
            meant = expand(taken.text, values, scene.file.escape, keep_quotes=True)
            path = meant.text.strip("\"' ")
            if not meant.missing and path and not _WHOLE.match(path):
                yield scene.at_instruction(taken, f"{path} depends on the WORKDIR before it")
