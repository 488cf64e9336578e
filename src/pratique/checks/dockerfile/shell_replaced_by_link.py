"""Find builds that put another program in the place of /bin/sh."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "shell-replaced-by-link"
TITLE = "/bin/sh is replaced by a link"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL4005",)
RULES = {
    NAME: (
        "ln -sf /bin/bash /bin/sh changes the shell of every script of the distribution, of the "
        "image's users and of later RUNs. To use another shell in the Dockerfile, say SHELL "
        '["/bin/bash", "-c"].'
    )
}
BAD = ("FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n",)
GOOD = (
    "FROM debian:12\nRUN ln -s /bin/sh /app/sh\n",
    'FROM debian:12\nSHELL ["/bin/bash", "-c"]\n',
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands("ln"):
        if len(command.plain) > 1 and command.plain[-1] in ("/bin/sh", "/usr/bin/sh"):
            yield scene.at_span(command.span, f"{command.plain[-2][:80]} takes the place of sh")
