"""Find RUNs that ask for more rights than a build has."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "insecure-build-mode"
TITLE = "a RUN asks for rights of the host"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "RUN --security=insecure runs with all capabilities and devices, as a privileged "
        "container; RUN --network=host reaches whatever the builder's host reaches, services on "
        "localhost and the cloud's metadata with its credentials too. Whatever the step downloads "
        "has the same. A builder must be started to allow it: leave it forbidden, and do without."
    )
}
BAD = (
    "FROM alpine:3.22\nRUN --security=insecure make\n",
    "FROM alpine:3.22\nRUN --network=host make\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN --network=none make\n",
    "FROM alpine:3.22\nRUN --security=sandbox --network=default make\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such flag; the network is graded medium."""
    for one in scene.of("RUN"):
        for flag in one.flags:
            said = (flag.name, flag.value)
            if said in (("security", "insecure"), ("network", "host")):
                yield scene.at_span(
                    flag.span,
                    f"--{flag.name}={flag.value}",
                    key=flag.name,
                    severity=Severity.MEDIUM if flag.name == "network" else None,
                )
