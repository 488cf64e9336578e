"""Report that apt-get install would ask a question."""

from collections.abc import Iterator

from pratique.checks.dockerfile._installed import apt_installs
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Span
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "apt-get-asks"
TITLE = "apt-get install would ask a question"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3014",
    "DS-0021",
    "AVD-DS-0021",
)
RULES = {
    NAME: (
        "Nobody is there to answer while an image is built: apt-get install without -y stops "
        "as soon as it wants to install more than was named. Write apt-get install -y."
    )
}
BAD = ("FROM debian:12\nRUN apt-get update && apt-get install curl\n",)
GOOD = (
    "FROM debian:12\nRUN apt-get install -y curl\n",
    "FROM debian:12\nRUN apt-get -qq install curl\n",
    "FROM debian:12\nRUN apt-get install --assume-yes curl\n",
    "FROM debian:12\nRUN apt-get -q=2 install x\n",
    "FROM debian:12\nRUN yes | apt-get install x\n",
    "FROM debian:12\nRUN apt-get install -q -q x\n",
    "FROM debian:12\nRUN apt-get -o APT::Get::Assume-Yes=true install x\n",
)
FIXED = (
    ("FROM debian:12\nRUN apt-get install curl\n", "FROM debian:12\nRUN apt-get install -y curl\n"),
)


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each install by apt that no option, configuration or pipe answers."""
    for _, one, verb in apt_installs(scene, "apt-get", "apt"):
        if not _answered(one):
            end = verb.span.end
            yield scene.at_span(
                one.span, "no -y", edits=(scene.edit(Span(end, end), " -y"),), remedy="add -y"
            )


def _answered(one: Command) -> bool:
    options = [each for each in one.arguments if each.startswith("-")]
    quiet = sum(each.count("q") for each in options if not each.startswith("--"))
    quiet += options.count("--quiet")
    sure = one.has("-y", "--yes", "--assume-yes", "--assume-no") or "-q=2" in options or quiet >= 2
    words = " ".join((*one.arguments, *(word.value for word in one.before))).lower()
    return sure or one.operator == "|" or "assume-yes" in words
