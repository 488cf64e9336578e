"""Find images that offer the port of ssh."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.variables import expand
from pratique.formats.dockerfile.words import words_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "exposed-ssh-port"
TITLE = "the image offers the port of ssh"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DS-0004",
    "CKV_DOCKER_1",
)
RULES = {
    NAME: (
        "EXPOSE 22 says that people log in to the container by ssh: a second way in, with keys "
        "and a server of its own to keep up to date, and changes that no build knows of. Use "
        "docker exec or kubectl exec, and debug containers."
    )
}
_SSH = 22
BAD = (
    "FROM alpine:3.22\nEXPOSE 22\n",
    "FROM alpine:3.22\nEXPOSE 80 22/tcp\n",
    "FROM alpine:3.22\nARG P=22\nEXPOSE $P\n",
)
GOOD = ("FROM alpine:3.22\nEXPOSE 2222 8022 22/udp\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such port; ranges count."""
    for _, one, values in in_stages(scene, "EXPOSE"):
        for word in words_of(one.arguments, scene.file.escape):
            port, _, protocol = expand(word.raw, values, scene.file.escape).text.partition("/")
            first, _, last = port.partition("-")
            if not first.isdigit() or (last and not last.isdigit()) or protocol.lower() == "udp":
                continue
            if int(first[:9]) <= _SSH <= int((last or first)[:9]):
                yield scene.at_span(word.span, "22 is the port of ssh")
