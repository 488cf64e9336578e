"""Find objects that lack a label which is asked for."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import (
    Asking,
    ManifestFault,
    Scene,
    manifest,
    told,
    workload,
)
from pratique.formats.kubernetes.objects import texts
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-required-label"
TITLE = "an object lacks a label that is asked for"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("required-label-owner", "C-0076", "C-0077")
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Labels say whose an object is, what it belongs to and how much it matters: who is called at "
        "night, which policy holds. Nothing is asked for by itself: name each label by "
        "--require-label, or in the configuration file. Objects that run pods, and what leads to "
        "them, must carry it with a value."
    )
}
_KINDS = (
    *("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"),
    *("Service", "Ingress", "Namespace"),
)
_OWNER = ("owner",)
BAD = (
    Asking(workload(), _OWNER),
    Asking(manifest("Service", top={"metadata": {"labels": {"owner": ""}}}), _OWNER),
)
GOOD = (
    workload(),
    Asking(workload(top={"metadata": {"labels": {"owner": "shop"}}}), _OWNER),
    Asking(manifest("ConfigMap"), _OWNER),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each label that an object lacks."""
    for one in scene.of(*_KINDS) if scene.required_labels else ():
        labels = texts(one.at("metadata", "labels"))
        for name in scene.required_labels:
            if not labels.get(name):
                yield told(one, f"has no label {name[:100]}", "metadata", "labels", key=name[:100])
