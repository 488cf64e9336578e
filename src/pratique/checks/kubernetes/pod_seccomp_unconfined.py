"""Find pods that switch the filter of system calls off."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import FixClass, ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-seccomp-unconfined"
TITLE = "the filter of system calls is switched off"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0104",)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.6.2",
    "NSA/CISA",
)
CONTROLS = (
    "seccompprofile_baseline",
    "seccompprofile_restricted",
)
RULES = {
    NAME: (
        "With the seccomp profile Unconfined a process may ask everything of the kernel, and "
        "the kernel's flaws are mostly in the calls that RuntimeDefault refuses. Use "
        "RuntimeDefault, or a profile of your own (Localhost)."
    )
}
PATH = ("securityContext", "seccompProfile", "type")
OLD = "seccomp.security.alpha.kubernetes.io/pod"
OLD_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/"
BAD = (
    workload({"securityContext": {"seccompProfile": {"type": "Unconfined"}}}),
    workload(spec={"securityContext": {"seccompProfile": {"type": "Unconfined"}}}),
)
GOOD = (workload({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}),)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      seccompProfile: {type: 'Unconfined'}\n",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      seccompProfile: {type: RuntimeDefault}\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for part in (*scene.pods, *scene.containers):
        said = part.at(*PATH)
        if said.line and said.text not in ("RuntimeDefault", "Localhost"):
            edits = scene.set(part, "RuntimeDefault", *PATH)
            note = f"the seccomp profile is {said.text[:40] or 'empty'}"
            yield told(
                part, note, *PATH, edits=edits, fix=FixClass.VERIFIED, remedy="use RuntimeDefault"
            )
    for pod in scene.pods:
        for name, value in pod.annotations.items():
            if (name == OLD or name.startswith(OLD_CONTAINER)) and value == "unconfined":
                yield told(pod, f"the annotation {name} is unconfined"[:200], key=name)
