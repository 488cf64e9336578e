"""Find Windows containers that run as processes of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "windows-host-process"
TITLE = "a Windows container is a process of the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0103",)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.10",
)
CONTROLS = ("windowshostprocess",)
RULES = {
    NAME: (
        "With windowsOptions.hostProcess a container is no container: it runs on the node "
        "with the rights of the account it names, often SYSTEM. Only the software that sets "
        "up nodes needs it."
    )
}
PATH = ("securityContext", "windowsOptions", "hostProcess")
BAD = (
    workload({"securityContext": {"windowsOptions": {"hostProcess": True}}}),
    workload(spec={"securityContext": {"windowsOptions": {"hostProcess": True}}}),
)
GOOD = (workload({"securityContext": {"windowsOptions": {"hostProcess": False}}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for part in (*scene.pods, *scene.containers):
        if part.at(*PATH).truth:
            yield told(part, "hostProcess is true", *PATH)
