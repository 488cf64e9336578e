"""Find pods that choose their own SELinux label."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-selinux-options"
TITLE = "a pod chooses its own SELinux label"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0025",)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.6.3",
)
CONTROLS = ("selinuxoptions",)
RULES = {
    NAME: (
        "On nodes with SELinux the label decides what a container may touch. A type beyond "
        "those made for containers (spc_t, unconfined_t…), or another user or role, switches "
        "that wall off. Leave seLinuxOptions to the engine, or set only the level."
    )
}
TYPES = frozenset({"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"})
BAD = (
    workload({"securityContext": {"seLinuxOptions": {"type": "spc_t"}}}),
    workload(spec={"securityContext": {"seLinuxOptions": {"user": "system_u"}}}),
)
GOOD = (
    workload({"securityContext": {"seLinuxOptions": {"level": "s0:c1,c2", "type": "container_t"}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for part in (*scene.pods, *scene.containers):
        options = part.at("securityContext", "seLinuxOptions")
        for field in ("type", "user", "role"):
            said = options.at(field).text
            if said not in TYPES if field == "type" else said:
                note = f"the SELinux {field} is {said}"[:100]
                yield told(part, note, "securityContext", "seLinuxOptions", field, key=field)
