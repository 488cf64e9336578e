"""Find images with a tag that moves and that a node does not ask for again."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "stale-pod-image"
TITLE = "a node may start an old image under a tag that moves"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "CKV_K8S_15",
    "C-0075",
)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "With a pull policy other than Always a node starts what it once pulled under the "
        "tag, also for a pod that may not pull it at all. Pin the digest, or set "
        "imagePullPolicy: Always."
    )
}
BAD = (workload({"image": "nginx:1.27", "imagePullPolicy": "IfNotPresent"}),)
GOOD = (
    workload({"image": "nginx:1.27", "imagePullPolicy": "Always"}),
    workload({"imagePullPolicy": "IfNotPresent"}),
    workload({"image": "nginx"}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        policy = one.at("imagePullPolicy").text
        moves = "@" not in one.image
        tag = one.image.rpartition("/")[2].partition(":")[2]
        always = policy == "Always" or (not policy and tag in ("", "latest"))
        if one.image and moves and not always:
            yield told(
                one,
                f"imagePullPolicy is {policy or 'IfNotPresent by default'}"[:100],
                "imagePullPolicy",
            )
