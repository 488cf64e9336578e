"""Find passwords of users that a build sets."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "password-set-in-build"
TITLE = "a build sets the password of a user"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CKV2_DOCKER_17",)
RULES = {
    NAME: (
        "A password that a build sets is the same in every container of the image, and stands in "
        "its history or can be guessed from its hash. A container needs none: nobody logs in. "
        "Leave it away; where somebody must log in, mount the credential when the container "
        "starts."
    )
}
BAD = (
    "FROM debian:12\nRUN echo root:x | chpasswd\n",
    "FROM debian:12\nRUN useradd -p abc app\n",
    "FROM debian:12\nRUN echo x | passwd --stdin app\n",
)
GOOD = (
    "FROM debian:12\nRUN useradd -m app && passwd -l root && usermod -aG x app\n",
    "FROM debian:12\nRUN usermod -p '!' app\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands("chpasswd", "passwd", "useradd", "usermod", "adduser"):
        name = command.program
        given = command.value("-p", "--password") if name in ("useradd", "usermod") else None
        sets = (
            name == "chpasswd"
            or (name == "passwd" and command.has("--stdin"))
            or (given is not None and given.strip("!*x") != "")
        )
        if sets:
            yield scene.at_span(command.span, f"{name} sets a password", key=name)
