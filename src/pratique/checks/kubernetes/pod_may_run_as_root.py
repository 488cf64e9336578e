"""Find containers that nothing keeps from running as root."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import FixClass, ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-may-run-as-root"
TITLE = "nothing keeps a container from running as root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0012",
    "CKV_K8S_23",
    "C-0013",
    "run-as-non-root",
)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.2.7",
    "NSA/CISA Pod security",
)
CONTROLS = ("runasnonroot",)
RULES = {
    NAME: (
        "Without runAsNonRoot: true the image decides who runs, and many run as root. Root in "
        "a container is the node's root in all that no other wall holds back. Set "
        "runAsNonRoot: true for the pod; the kubelet then refuses to start an image whose "
        "user is root, so try it before it is rolled out."
    )
}
PATH = ("securityContext", "runAsNonRoot")
BAD = (
    workload(),
    workload(
        {"securityContext": {"runAsNonRoot": False}}, {"securityContext": {"runAsNonRoot": True}}
    ),
)
GOOD = (
    workload(spec={"securityContext": {"runAsNonRoot": True}}),
    workload({"securityContext": {"runAsNonRoot": True}}),
)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      runAsNonRoot: true\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at(*PATH).truth is False:
            yield told(pod, "runAsNonRoot is false", *PATH)
            continue
        for one in pod.containers:
            if one.security("runAsNonRoot").truth:
                continue
            said = "is false" if one.at(*PATH).truth is False else "is not set"
            sure = one.security("runAsUser").number is None and said != "is false"
            edits = scene.set(one, "true", *PATH) if sure else ()
            severity = Severity.LOW if one.security("runAsUser").number else None
            yield told(
                one,
                f"runAsNonRoot {said}",
                *PATH,
                edits=edits,
                fix=FixClass.VERIFIED,
                severity=severity,
            )
