"""Find pods that name their account by the old field."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.formats.documents.yaml_edits import replace_value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "deprecated-account-field"
TITLE = "a pod names its account by the old field"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "deprecated-service-account-field",
    "C-0294",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "serviceAccount is the old name of serviceAccountName and is only kept for "
        "compatibility; when both stand there and differ, the new one wins."
    )
}
BAD = (workload(spec={"serviceAccount": "web"}),)
GOOD = (workload(spec={"serviceAccountName": "web"}),)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  serviceAccount: web # ours\n  containers: [{image: a}]\n",
        "kind: Pod\napiVersion: v1\nspec:\n  serviceAccountName: web # ours\n  containers: [{image: a}]\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        key = pod.node.keys.get("serviceAccount")
        if key is not None and pod.at("serviceAccount"):
            alone = not pod.at("serviceAccountName").line
            edits = replace_value(pod.file, key, "serviceAccountName") if alone else ()
            yield told(
                pod, "uses serviceAccount", "serviceAccount", edits=edits, remedy="rename the field"
            )
