"""Find ports that a reader of YAML 1.1 takes for a number to the base of 60."""

import re
from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unquoted-port"
TITLE = "a port without quotes may be read as another number"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "In YAML 1.1 two numbers with a colon, where the second is below 60, are one number to the base "
        "of 60: 22:22 is 1342. Compose's own reader keeps the text, others (docker-compose 1, "
        "podman-compose, Python) do not. Write the port in quotes, as the fix does."
    )
}
_SIXTY = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+")
BAD = (service("ports:", "  - 22:22"), service("ports: [8025:25]"))
GOOD = (service("ports:", "  - '22:22'", "  - 8080:80", "  - 53"), service("ports: ['8025:25']"))
FIXED = (
    (service("ports:", "  - 2222:22 # ssh"), service("ports:", '  - "2222:22" # ssh')),
    (service("ports: [8025:25, 80]"), service('ports: ["8025:25", 80]')),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each port."""
    for one in scene.services:
        for port in one.ports:
            raw = port.at.raw
            if port.short and port.at.node.plain and _SIXTY.fullmatch(raw[:60]):
                yield scene.told(
                    one,
                    port.at,
                    f"{raw} without quotes is one number to some readers",
                    key=raw,
                    edits=scene.rewrite(port.at, f'"{raw}"'),
                    remedy="put it in quotes",
                )
