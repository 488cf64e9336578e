"""Report that a command makes no sense in a build."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "senseless-command"
TITLE = "a command makes no sense in a build"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3001",)
RULES = {
    NAME: (
        "Programs that work on a running machine (ssh, vim, service, ps, free, top, kill, "
        "mount, shutdown, ifconfig) have nothing to work on while an image is built: no "
        "service runs, nobody types. A service started in RUN is gone when that step ends. "
        "Start it in CMD or ENTRYPOINT, and edit files with COPY or sed."
    )
}
BAD = (
    "FROM debian:12\nRUN service nginx start\n",
    "FROM debian:12\nRUN a && vim /etc/x\n",
)
GOOD = (
    "FROM debian:12\nRUN apt-get install -y vim openssh-client\n",
    "FROM debian:12\nRUN /etc/init.d/x start; ssh-keyscan h.example\n",
    "FROM debian:12\nRUN --mount=type=cache,target=/x true\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


PROGRAMS = (
    "free",
    "ifconfig",
    "kill",
    "mount",
    "ps",
    "service",
    "shutdown",
    "ssh",
    "top",
    "vi",
    "vim",
)


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each command that runs such a program."""
    for _, one in scene.commands(*PROGRAMS):
        yield scene.at_span(one.span, f"{one.program} has nothing to work on in a build")
