"""Report that EXPOSE names a port that cannot be."""

import re
from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.words import words_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "impossible-port"
TITLE = "EXPOSE names a port that cannot be"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3011",
    "DS-0008",
    "AVD-DS-0008",
)
RULES = {
    NAME: (
        "Ports go from 0 to 65535. A greater number is refused by the engine or, worse, "
        "silently cut by what reads the image's config. Most often a digit was typed twice."
    )
}
BAD = (
    "FROM alpine:3.20\nEXPOSE 80000\n",
    "FROM alpine:3.20\nEXPOSE 80 99990-99999/tcp\n",
)
GOOD = (
    "FROM alpine:3.20\nEXPOSE 80 443/udp 8000-9000\n",
    "FROM alpine:3.20\nEXPOSE $PORT\n",
    "FROM alpine:3.20\nEXPOSE 65535\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


_PORTS = re.compile(r"(\d{1,12})(?:-(\d{1,12}))?(?:/\w+)?")


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each port above 65535."""
    for one in scene.of("EXPOSE"):
        for word in words_of(one.arguments, scene.file.escape):
            found = _PORTS.fullmatch(word.value)
            if found and any(int(port) > 65535 for port in found.groups() if port):
                yield scene.at_span(word.span, f"{word.value[:40]} is above 65535")
