"""Find images that are not pinned to their digest."""

import re
from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-image-without-digest"
TITLE = "an image is not pinned to its digest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "CKV_K8S_43",
    "C-0306",
)
REFERENCES: tuple[str, ...] = (
    "NSA/CISA",
    "SLSA",
)
PEDANTIC = True
RULES = {
    NAME: (
        "A tag, even of a version, can be pushed anew; a digest is the image itself. Pin it "
        "(name:1.2@sha256:…) and let a bot renew it. Where admission checks signatures and "
        "pins by itself, this need not be written down."
    )
}
BAD = (workload({"image": "nginx:1.27"}),)
GOOD = (workload({"image": "nginx:1.27@sha256:" + "0" * 64}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        digest = one.image.partition("@")[2]
        if one.image and not re.fullmatch(r"sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})", digest):
            yield told(one, f"its image is {one.image}"[:200], "image")
