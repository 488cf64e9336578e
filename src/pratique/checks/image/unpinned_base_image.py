"""Find images whose base is named, but not by digest."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "unpinned-base-image"
TITLE = "nothing says which base image exactly was used"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("DL3006", "CIS-DI-0002", "CIS-Docker-4.2")
RULES = {
    NAME: (
        "The image names its base (org.opencontainers.image.base.name), or its base is known by its "
        "layers, and no digest stands beside it. A tag moves: the next build may rest on another "
        "base, and nobody can say later whether the base was the one you trust. Write FROM "
        "name:tag@sha256:…, let a bot move it, and label the image with "
        "org.opencontainers.image.base.digest (buildah does by itself)."
    )
}
_NAME = "org.opencontainers.image.base.name"
_DIGEST = "org.opencontainers.image.base.digest"
FIRES = (
    sample(labels={_NAME: "docker.io/library/alpine:3.20"}),
    sample(labels={_NAME: "docker.io/library/alpine:latest", "x": "y"}),
)
SILENT = (
    sample(),
    sample(labels={_NAME: "docker.io/library/alpine:3.20", _DIGEST: "sha256:" + "0" * 64}),
    sample(labels={_NAME: "docker.io/library/alpine@sha256:" + "0" * 64}),
    sample(labels={_NAME: "scratch"}),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where a name stands alone."""
    labels = {**scene.image.annotations, **scene.config.labels}
    name = labels.get(_NAME, "") or scene.base_name
    if not name or name == "scratch" or "@sha256:" in name or labels.get(_DIGEST):
        return ()
    return scene.in_config((at(f"LABEL {_NAME}", f"the base is {name[:200]}, by no digest"),))
