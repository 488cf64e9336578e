"""Find images that do not say which source they were built from."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "missing-image-labels"
TITLE = "the image does not say what it was built from"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3049",)
RULES = {
    NAME: (
        "The config has none of the labels that say where the image comes from: "
        "org.opencontainers.image.source or .url, and .revision. Who finds a flaw in it next year "
        "cannot tell whom to ask, nor what to build again. Set them in the build "
        "(docker/metadata-action does; docker build --label …=$(git rev-parse HEAD) too). Labels are "
        "a claim: a signed provenance proves it."
    )
}
_PREFIX = "org.opencontainers.image."
_OLD = "org.label-schema."
FIRES = (sample(labels={}), sample(labels={"maintainer": "nobody"}))
SILENT = (
    sample(),
    sample(labels={"org.label-schema.vcs-ref": "4f0c2d1", "org.label-schema.vcs-url": "https://x"}),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where neither source nor revision is named."""
    labels = {**scene.image.annotations, **scene.config.labels}
    named = {
        *(f"{_PREFIX}{name}" for name in ("source", "url", "revision")),
        *(f"{_OLD}{name}" for name in ("vcs-url", "vcs-ref", "url")),
    }
    if any(labels.get(name) for name in named):
        return ()
    return scene.in_config((at("LABEL", f"no {_PREFIX}source, url or revision"),))
