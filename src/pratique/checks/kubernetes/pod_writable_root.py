"""Find containers that may change the files of their image."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import FixClass, ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-writable-root"
TITLE = "a container may change the files of its image"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0014",
    "CKV_K8S_22",
    "C-0017",
    "no-read-only-root-fs",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA Immutable container file systems",)
RULES = {
    NAME: (
        "What breaks into a container wants to write: a tool, a web shell, a cron job. With "
        "readOnlyRootFilesystem: true it cannot, and what runs stays what was scanned. Mount "
        "an emptyDir where the program has to write (/tmp, caches). The program must be tried "
        "with it, so the fix has to be asked for."
    )
}
PATH = ("securityContext", "readOnlyRootFilesystem")
BAD = (
    workload(),
    workload({"securityContext": {"readOnlyRootFilesystem": False}}),
)
GOOD = (
    workload({"securityContext": {"readOnlyRootFilesystem": True}}),
    workload(spec={"os": {"name": "windows"}}),
)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      readOnlyRootFilesystem: false # for now\n",
        "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: b\n    securityContext:\n      readOnlyRootFilesystem: true # for now\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if one.at(*PATH).truth is not True and not one.pod.windows:
            edits = scene.set(one, "true", *PATH)
            note = "readOnlyRootFilesystem is not true"
            yield told(
                one, note, *PATH, edits=edits, fix=FixClass.VERIFIED, remedy="make it read-only"
            )
