"""Find users with a high number whose making writes a huge file."""

from collections.abc import Iterable, Iterator

from pratique.checks.dockerfile._installs import option_behind
from pratique.checks.dockerfile.interface import Fault, Misread, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.variables import expand
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "high-user-id"
TITLE = "useradd with a high number writes a huge log"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3046",)
RULES = {
    NAME: (
        "useradd notes every user in /var/log/lastlog and /var/log/faillog, at the place that its "
        "number gives: with a number of six digits or more those sparse files count hundreds of "
        "megabytes in the layer, and some engines really write them. Give useradd -l "
        "(--no-log-init)."
    )
}
_DIGITS = 5
BAD = (
    "FROM debian:12\nRUN useradd -u 123456 app\n",
    "FROM debian:12\nRUN useradd -m --uid 1000200 app\n",
    "FROM debian:12\nARG ID=1000200\nRUN useradd -u $ID app\n",
)
GOOD = (
    "FROM debian:12\nRUN useradd -l -u 123456 app && useradd -u 10001 b\n",
    "FROM debian:12\nRUN useradd --no-log-init --uid=1000200 app\n",
    "FROM debian:12\nENV USER_ID=999\nRUN useradd -u $USER_ID app\n",
)
FIXED = (
    (
        "FROM debian:12\nRUN useradd -u 123456 app\n",
        "FROM debian:12\nRUN useradd -l -u 123456 app\n",
    ),
)
EFFECT = Effect(
    removed=("var/log/lastlog", "var/log/faillog"), changed=("var/log/lastlog", "var/log/faillog")
)


def look(scene: Scene) -> Iterator[Fault]:
    """Yield a fault for each such command."""
    for command, _, number in _numbered(scene):
        if len(number) > _DIGITS and number.isdigit():
            yield scene.at_span(
                command.span,
                "a user with a high number is made without -l",
                key=number[:20],
                edits=option_behind(scene, command.words[0], "-l"),
                remedy="add -l",
            )


def misread(scene: Scene) -> Iterable[Misread]:
    """Yield each low number in a variable: hadolint counts the letters of its name."""
    for command, written, number in _numbered(scene):
        if len(written) > _DIGITS and number.isdigit() and len(number) <= _DIGITS:
            yield Misread("DL3046", command.span.start, f"{written.lstrip('$')} is {number}")


def _numbered(scene: Scene) -> Iterator[tuple[Command, str, str]]:
    """Yield each useradd without -l, its number as written and as the build sees it."""
    for run, command in scene.commands("useradd"):
        written = command.value("-u", "--uid") or ""
        if written and not command.has("-l", "--no-log-init"):
            yield command, written, _value(run, written)


def _value(run: Run, written: str) -> str:
    found = expand(written, run.values)
    return "" if found.missing else found.text
