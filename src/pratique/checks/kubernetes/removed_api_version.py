"""Find objects of an API version that Kubernetes no longer serves."""

from collections.abc import Iterator

from pratique.checks.kubernetes._removed import REMOVED, SAME_FIELDS
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.formats.documents.yaml_edits import replace_value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "removed-api-version"
TITLE = "an object's API version is no longer served"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "no-extensions-v1beta",
    "KSV-0107",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The API server of the version aimed at does not know this version of the kind and "
        "refuses the object. Where the new one has the same fields, changing the version is "
        "all there is to do; Ingress, HorizontalPodAutoscaler and what selected pods without "
        "a selector need more."
    )
}
BAD = (
    manifest("NetworkPolicy", "extensions/v1beta1"),
    manifest("CronJob", "batch/v1beta1"),
)
GOOD = (manifest("CronJob", "batch/v1"),)
FIXED = (
    (
        "apiVersion: batch/v1beta1 # old\nkind: CronJob\n",
        "apiVersion: batch/v1 # old\nkind: CronJob\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.objects:
        gone, new = REMOVED.get((one.api_version, one.kind), ((0, 0), ""))
        if gone != (0, 0) and gone <= scene.version:
            same = (one.api_version, one.kind) in SAME_FIELDS
            edits = replace_value(one.file, one.at("apiVersion"), new) if same else ()
            note = f"{one.api_version} was removed in {gone[0]}.{gone[1]}; now it is {new}"
            yield told(one, note, "apiVersion", edits=edits, remedy=f"use {new}" if edits else "")
