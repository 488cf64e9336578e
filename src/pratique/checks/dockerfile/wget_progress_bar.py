"""Find downloads by wget that fill the log of the build with their progress."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import option_behind
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "wget-progress-bar"
TITLE = "wget fills the log of the build"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3047",)
PEDANTIC = True
RULES = {
    NAME: (
        "wget draws a bar for terminals; in a build's log it becomes thousands of lines. Say wget "
        "--progress=dot:giga, which leaves the messages of errors alone, or -nv. The wget of "
        "busybox knows neither: there use -q, which all of them know."
    )
}
_QUIET = (
    "-q",
    "--quiet",
    "-o",
    "--output-file",
    "-a",
    "--append-output",
    "--no-verbose",
    "--progress",
)
_GNU = frozenset({"apt-get", "yum", "dnf", "microdnf", "zypper"})
"""Package managers of systems whose wget is not that of busybox."""
BAD = ("FROM debian:12\nRUN wget https://x.example/a.tgz\n",)
GOOD = (
    "FROM debian:12\nRUN wget -q https://x.example/a && wget -nv https://x.example/b && wget --progress=dot:giga https://x.example/c && wget -O- -o log https://x.example/d\n",
)
FIXED = (
    (
        "FROM alpine:3.22\nRUN wget -O /a https://x.example/a\n",
        "FROM alpine:3.22\nRUN wget -q -O /a https://x.example/a\n",
    ),
    (
        "FROM debian:12\nRUN apt-get update && wget https://x.example/a.tgz\n",
        "FROM debian:12\nRUN apt-get update && wget --progress=dot:giga https://x.example/a.tgz\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each command; what all wgets know is said where GNU's is not certain."""
    for run, command in scene.commands("wget"):
        if command.has(*_QUIET) or "-nv" in command.arguments:
            continue
        fetched = any("://" in word or "$" in word for word in command.arguments)
        if not fetched:
            continue
        sure = any(one.program in _GNU for one in run.commands)
        option = "--progress=dot:giga" if sure else "-q"
        yield scene.at_span(
            command.span,
            "wget draws its progress into the log",
            key=" ".join(command.plain)[:80],
            edits=option_behind(scene, command.words[0], option),
            remedy=f"add {option}",
        )
