"""Find containers that see the kernel's switches of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-unmasked-proc"
TITLE = "the kernel's switches in /proc are laid open"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0027",
    "unsafe-proc-mount",
)
REFERENCES: tuple[str, ...] = ("PSS baseline",)
CONTROLS = ("procmount",)
RULES = {
    NAME: (
        "Engines hide and write-protect parts of /proc by which a process reads keys, kernel "
        "memory and other processes, or changes the kernel. procMount: Unmasked lays them "
        "open. Only a builder of containers inside a user namespace needs it (hostUsers: "
        "false), which Kubernetes allows from 1.35 on."
    )
}
BAD = (workload({"securityContext": {"procMount": "Unmasked"}}),)
GOOD = (
    workload({"securityContext": {"procMount": "Unmasked"}}, {"hostUsers": False}),
    workload({"securityContext": {"procMount": "Default"}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        said = one.at("securityContext", "procMount").text
        inside = one.pod.at("hostUsers").truth is False and scene.version >= (1, 35)
        if said not in ("", "Default") and not inside:
            yield told(one, f"procMount is {said[:40]}", "securityContext", "procMount")
