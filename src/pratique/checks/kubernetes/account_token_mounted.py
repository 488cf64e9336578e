"""Find pods that hold a token of the cluster's API."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import (
    FixClass,
    ManifestFault,
    Scene,
    manifest,
    namespace_of,
    told,
    workload,
)
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "account-token-mounted"
TITLE = "a pod holds a token for the API server"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "KSV-0036",
    "CKV_K8S_38",
    "C-0034",
    "C-0190",
    "C-0261",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.6",
    "NSA/CISA",
    "MITRE T1528",
)
ACROSS = True
RULES = {
    NAME: (
        "Unless told otherwise every pod gets its account's token as a file, and whoever "
        "reads files in the container speaks to the API server. Most programs never do. Set "
        "automountServiceAccountToken: false for the pod or its account; a program that does "
        "use the API then fails, so the fix has to be asked for."
    )
}
FIELD = "automountServiceAccountToken"
BAD = (
    workload(),
    workload(spec={"automountServiceAccountToken": True}),
)
GOOD = (
    workload(spec={"automountServiceAccountToken": False}),
    (
        workload(spec={"serviceAccountName": "web"}),
        manifest("ServiceAccount", automountServiceAccountToken=False),
    ),
)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n  automountServiceAccountToken: false",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    quiet = {
        (namespace_of(one), one.name)
        for one in scene.of("ServiceAccount")
        if one.at(FIELD).truth is False
    }
    for pod in scene.pods:
        said = pod.at(FIELD).truth
        account = (namespace_of(pod.object), pod.account)
        if said is False or (said is None and account in quiet):
            continue
        edits = scene.set(pod, "false", FIELD)
        severity = None if pod.account == "default" else Severity.NEGLIGIBLE
        yield told(
            pod,
            f"{FIELD} is not false",
            FIELD,
            edits=edits,
            fix=FixClass.VERIFIED,
            severity=severity,
        )
