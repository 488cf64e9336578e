"""Find containers whose processes may gain more rights than they were started with."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-privilege-escalation"
TITLE = "processes may gain more privileges than their parent"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0001",
    "CKV_K8S_20",
    "C-0016",
    "privilege-escalation-container",
)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.2.6",
    "NSA/CISA Pod security",
    "MITRE T1548.001",
)
CONTROLS = ("allowprivilegeescalation",)
RULES = {
    NAME: (
        "Without allowPrivilegeEscalation: false a setuid program in the image makes an "
        "ordinary user root again. The kernel's no_new_privs switch ends that, and costs a "
        "program nothing that is not setuid itself. Kubernetes refuses it for privileged "
        "containers and for those with SYS_ADMIN, so it is not offered for them."
    )
}
PATH = ("securityContext", "allowPrivilegeEscalation")
BAD = (
    workload(),
    workload({"securityContext": {"allowPrivilegeEscalation": True}}),
)
GOOD = (
    workload({"securityContext": {"allowPrivilegeEscalation": False}}),
    workload(spec={"os": {"name": "windows"}}),
)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: a # first\n    image: b\n",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: a # first\n    image: b\n    securityContext:\n      allowPrivilegeEscalation: false\n",
    ),
    (
        "kind: Pod\napiVersion: v1\nspec: {containers: [{image: b, securityContext: {allowPrivilegeEscalation: yes}}]}",
        "kind: Pod\napiVersion: v1\nspec: {containers: [{image: b, securityContext: {allowPrivilegeEscalation: false}}]}",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if one.at(*PATH).truth is False or one.pod.windows:
            continue
        context = one.at("securityContext")
        added = {item.text for item in context.at("capabilities", "add").items}
        mends = not context.at("privileged").truth and added.isdisjoint(
            {"SYS_ADMIN", "CAP_SYS_ADMIN"}
        )
        said = "is true" if one.at(*PATH).truth else "is not set to false"
        edits = scene.set(one, "false", *PATH) if mends else ()
        remedy = "set it to false" if edits else ""
        yield told(one, f"allowPrivilegeEscalation {said}", *PATH, edits=edits, remedy=remedy)
