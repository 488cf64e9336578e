"""Find protocols of EXPOSE in capital letters."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.words import words_of
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "expose-casing"
TITLE = "the protocol of a port is written in capitals"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("ExposeProtoCasing",)
RULES = {
    NAME: (
        "EXPOSE 80/TCP: the protocol is written small; BuildKit warns of capitals, and other "
        "builders may not know them. Nothing that is built changes."
    )
}
BAD = ("FROM alpine:3.22\nEXPOSE 80/TCP 53/Udp\n",)
GOOD = ("FROM alpine:3.22\nEXPOSE 80/tcp 53 $PORT/$PROTO\n",)
FIXED = (
    (
        "FROM alpine:3.22\nEXPOSE 80/TCP\n",
        "FROM alpine:3.22\nEXPOSE 80/tcp\n",
    ),
)
EFFECT = Effect(config=("ExposedPorts",))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such port."""
    for one in scene.of("EXPOSE"):
        for word in words_of(one.arguments, scene.file.escape):
            protocol = word.raw.partition("/")[2]
            if "$" not in word.raw and protocol != protocol.lower():
                yield scene.at_span(
                    word.span,
                    f"{protocol[:20]} is written in capitals",
                    key=word.value[:40],
                    edits=(scene.edit(word.span, word.raw.lower()),),
                    remedy="write it small",
                )
