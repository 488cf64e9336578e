"""Find users with a high number whose making writes a huge file."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import option_behind
from pratique.checks.dockerfile.interface import Fault, Scene
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
)
GOOD = (
    "FROM debian:12\nRUN useradd -l -u 123456 app && useradd -u 10001 b\n",
    "FROM debian:12\nRUN useradd --no-log-init --uid=1000200 app\n",
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


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands("useradd"):
        number = command.value("-u", "--uid") or ""
        if len(number) > _DIGITS and number.isdigit() and not command.has("-l", "--no-log-init"):
            yield scene.at_span(
                command.span,
                "a user with a high number is made without -l",
                key=number[:20],
                edits=option_behind(scene, command.words[0], "-l"),
                remedy="add -l",
            )
