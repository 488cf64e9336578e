"""Find EXPOSE with an address or a port of the host."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.words import words_of
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "invalid-expose"
TITLE = "EXPOSE names an address or a port of the host"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("ExposeInvalidFormat",)
RULES = {
    NAME: (
        "EXPOSE names ports of the container. Addresses and ports of the host (EXPOSE "
        "127.0.0.1:80:8080) belong to docker run -p; the builder ignores them and says so. Write "
        "the container's port alone."
    )
}
BAD = (
    "FROM alpine:3.22\nEXPOSE 8080:80\n",
    "FROM alpine:3.22\nEXPOSE 127.0.0.1:80:8080\n",
)
GOOD = ("FROM alpine:3.22\nEXPOSE 80 8000-8010/tcp ${PORT:-80}\n",)
FIXED = (
    (
        "FROM alpine:3.22\nEXPOSE 127.0.0.1:80:8080/tcp\n",
        "FROM alpine:3.22\nEXPOSE 8080/tcp\n",
    ),
)
EFFECT = Effect(config=("ExposedPorts",))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such port; what the builder takes of it is the last part."""
    for one in scene.of("EXPOSE"):
        for word in words_of(one.arguments, scene.file.escape):
            if "$" not in word.raw and ":" in word.raw:
                yield scene.at_span(
                    word.span,
                    f"{word.value[:40]} is more than a port",
                    key=word.value[:40],
                    edits=(scene.edit(word.span, word.raw.rpartition(":")[2]),),
                    remedy="keep the container's port",
                )
