"""Find containers that see the kernel's switches from inside a user namespace."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-unmasked-proc-in-user-namespace"
TITLE = "the kernel's switches in /proc are laid open inside a user namespace"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("PSS restricted",)
CONTROLS = ("procmount_restricted",)
RULES = {
    NAME: (
        "Inside a user namespace (hostUsers: false) unmasked parts of /proc belong to nobody "
        "on the node, and the baseline standard allows them from Kubernetes 1.35 on; the "
        "restricted standard does not. Keep it to pods that build or run containers "
        "themselves."
    )
}
BAD = (workload({"securityContext": {"procMount": "Unmasked"}}, {"hostUsers": False}),)
GOOD = (workload({"securityContext": {"procMount": "Default"}}, {"hostUsers": False}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        said = one.at("securityContext", "procMount").text
        if said not in ("", "Default") and one.pod.at("hostUsers").truth is False:
            yield told(one, f"procMount is {said[:40]}", "securityContext", "procMount")
