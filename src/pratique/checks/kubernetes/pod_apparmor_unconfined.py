"""Find pods that switch AppArmor off or ask for a profile the standard does not know."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-apparmor-unconfined"
TITLE = "the profile of AppArmor is switched off"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0002",)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.6.3",
    "NSA/CISA",
)
CONTROLS = ("apparmorprofile",)
RULES = {
    NAME: (
        "On nodes with AppArmor the engine's profile keeps a container from mounting, from "
        "the kernel's switches and from tracing others. Unconfined takes that away. Leave the "
        "profile out, or name one that is loaded on the nodes (Localhost)."
    )
}
PATH = ("securityContext", "appArmorProfile", "type")
OLD = "container.apparmor.security.beta.kubernetes.io/"
BAD = (
    workload({"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}),
    workload(spec={"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}),
)
GOOD = (workload({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for part in (*scene.pods, *scene.containers):
        said = part.at(*PATH)
        if said.line and said.text not in ("RuntimeDefault", "Localhost"):
            yield told(part, f"the AppArmor profile is {said.text[:40] or 'empty'}", *PATH)
    for pod in scene.pods:
        for name, value in pod.annotations.items():
            known = value in ("", "runtime/default") or value.startswith("localhost/")
            if name.startswith(OLD) and not known:
                yield told(pod, f"the annotation {name} is {value}"[:200], key=name)
