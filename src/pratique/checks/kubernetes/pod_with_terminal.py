"""Find containers that wait for somebody to type."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-with-terminal"
TITLE = "a container waits for somebody to type"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "stdin and tty are for a person at a terminal. In what is deployed they usually mean "
        "that a shell runs instead of a program, which whoever may attach can use."
    )
}
BAD = (workload({"tty": True}),)
GOOD = (workload({"stdin": False}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for field in ("stdin", "tty"):
            if one.at(field).truth:
                yield told(one, f"{field} is true", field, key=field)
