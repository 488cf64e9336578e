"""Find pods that set switches of the kernel that others feel."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unsafe-pod-sysctl"
TITLE = "a pod sets a switch of the kernel that others feel"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0026",
    "unsafe-sysctls",
)
REFERENCES: tuple[str, ...] = ("PSS baseline",)
CONTROLS = ("sysctls",)
RULES = {
    NAME: (
        "Few sysctls belong to the pod alone. The others change the node or its other pods, "
        "weaken their isolation or exhaust memory, and the kubelet refuses them unless it is "
        "told to allow them. Keep to the safe ones that the Pod Security Standards list."
    )
}
SAFE = frozenset({
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_syncookies",
})  # fmt: skip
BAD = (
    workload(spec={"securityContext": {"sysctls": [{"name": "kernel.msgmax", "value": "65536"}]}}),
)
GOOD = (
    workload(
        spec={"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "1"}]}}
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, one in enumerate(pod.at("securityContext", "sysctls").items):
            name = one.at("name").text
            if name not in SAFE:
                yield told(
                    pod, f"sets {name}"[:100], "securityContext", "sysctls", number, key=name
                )
