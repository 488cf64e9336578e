"""Find containers that keep the capabilities that every container gets."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import (
    Container,
    FixClass,
    ManifestFault,
    Scene,
    told,
    workload,
)
from pratique.formats.documents.yaml_edits import replace_value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-keeps-capabilities"
TITLE = "a container keeps capabilities that it need not have"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0106",
    "CKV_K8S_37",
    "KSV-0003",
    "KSV-0004",
)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.2.9",
    "NSA/CISA Pod security",
)
CONTROLS = ("capabilities_restricted",)
RULES = {
    NAME: (
        "An engine gives each container fourteen capabilities, among them raw sockets and "
        "changing the owner of files. Most programs need none. Drop ALL, and add "
        "NET_BIND_SERVICE where a port below 1024 is opened. A process that is not root has "
        "none of them anyway, so for it dropping is safe; for root it has to be tried."
    )
}
PATH = ("securityContext", "capabilities", "drop")
BAD = (
    workload(),
    workload({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}),
)
GOOD = (
    workload({"securityContext": {"capabilities": {"drop": ["ALL"]}}}),
    workload(spec={"os": {"name": "windows"}}),
)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext: # ours\n      runAsUser: 7\n  hostname: x\n",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext: # ours\n      runAsUser: 7\n      capabilities:\n        drop: [ALL]\n  hostname: x\n",
    ),
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      runAsNonRoot: true\n      capabilities:\n        drop:\n        - NET_RAW\n",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      runAsNonRoot: true\n      capabilities:\n        drop:\n        - ALL\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        dropped = one.at(*PATH).items
        if "ALL" in {item.text for item in dropped} or one.pod.windows:
            continue
        edits = scene.set(one, "[ALL]", *PATH) if not dropped else ()
        if dropped:
            edits = replace_value(one.file, dropped[0], "ALL")
        if one.at("securityContext", "privileged").truth:
            edits = ()  # it would change nothing
        user = one.security("runAsUser").number
        plain = bool(user) or (user is None and one.security("runAsNonRoot").truth is True)
        fix = FixClass.SAFE if plain and not _low_port(one) else FixClass.VERIFIED
        note = "drops only some capabilities" if dropped else "drops no capabilities"
        yield told(one, note, *PATH, edits=edits, fix=fix, remedy="drop ALL")


def _low_port(one: Container) -> bool:
    """Return whether it says that it listens on a port for which a capability is needed."""
    ports = (port.at("containerPort").number for port in one.at("ports").items)
    return any(port is not None and port < 1024 for port in ports)
