"""Find ONBUILD with an instruction that it may not hold."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "forbidden-onbuild-trigger"
TITLE = "ONBUILD holds an instruction it may not"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3043",)
RULES = {
    NAME: (
        "ONBUILD may not trigger FROM, ONBUILD or MAINTAINER: the build of the image that is "
        "based on this one stops. Take the instruction out."
    )
}
BAD = (
    "FROM alpine:3.22\nONBUILD FROM debian:12\n",
    "FROM alpine:3.22\nONBUILD ONBUILD RUN true\n",
    "FROM alpine:3.22\nONBUILD MAINTAINER x\n",
)
GOOD = ("FROM alpine:3.22\nONBUILD COPY . /app\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such instruction."""
    for one in scene.file.instructions:
        word = one.text.split(None, 1)[0].upper() if one.keyword == "ONBUILD" and one.text else ""
        if word in ("FROM", "ONBUILD", "MAINTAINER"):
            yield scene.at_instruction(one, f"ONBUILD cannot trigger {word}", key=word)
