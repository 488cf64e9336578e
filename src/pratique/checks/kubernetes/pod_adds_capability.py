"""Find containers with capabilities beyond those every container gets."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-adds-capability"
TITLE = "a container has a capability that leads to the node"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0022",
    "CKV_K8S_25",
    "KSV-0005",
    "KSV-0119",
    "KSV-0120",
    "CKV_K8S_39",
    "C-0046",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.9",
    "NSA/CISA Pod security",
    "MITRE T1611",
)
CONTROLS = (
    "capabilities_baseline",
    "capabilities_restricted",
)
RULES = {
    NAME: (
        "Some capabilities are root by another name: SYS_ADMIN mounts, SYS_MODULE loads code "
        "into the kernel, SYS_PTRACE and DAC_READ_SEARCH read what belongs to others, BPF and "
        "PERFMON watch the kernel, NET_ADMIN rewrites the network. Add only what the program "
        "fails without, and by name, never ALL."
    )
}
ALLOWED = frozenset({
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
    "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
})  # fmt: skip
"""What the baseline of the Pod Security Standards allows to add."""
GRAVE = frozenset({
    "ALL", "BPF", "DAC_READ_SEARCH", "NET_ADMIN", "PERFMON", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE",
    "SYS_PTRACE", "SYS_RAWIO", "MAC_ADMIN", "MAC_OVERRIDE",
})  # fmt: skip
PATH = ("securityContext", "capabilities", "add")
BAD = (
    workload({"securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}),
    workload({"securityContext": {"capabilities": {"add": ["ALL"]}}}),
)
GOOD = (workload({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE", "CHOWN"]}}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, item in enumerate(one.at(*PATH).items):
            if item.text in ALLOWED:
                continue
            name = item.text[:40]
            severity = Severity.HIGH if item.text.removeprefix("CAP_") in GRAVE else None
            yield told(one, f"adds {name}", *PATH, number, key=name, severity=severity)
