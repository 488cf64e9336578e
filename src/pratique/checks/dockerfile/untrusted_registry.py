"""Find base images from a registry that is not on the list."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from pratique.checks.dockerfile._places import image_name, in_stages, is_stage
from pratique.checks.dockerfile.interface import Fault, Sample, Scene, Settings
from pratique.formats.dockerfile.reading import stages_named
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "untrusted-registry"
TITLE = "a base image comes from a registry nobody trusts"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3026",)
RULES = {
    NAME: (
        "The settings name the registries that images may come from (trustedRegistries in "
        ".hadolint.yaml), and this base image, or the image that files are copied from, comes "
        "from another one. Take it from a listed registry, or add the registry to the list. "
        "Without a list nothing is told."
    )
}
_LIST = Settings(trusted_registries=("r.example", "*.mirror.example"))
BAD = (
    Sample(text="FROM ghcr.io/a/b:1\n", settings=_LIST),
    Sample(text="FROM debian:12\n", settings=_LIST),
    Sample(text="FROM r.example/a:1\nCOPY --from=quay.io/x/y:1 /a /a\n", settings=_LIST),
)
GOOD = (
    Sample(text="FROM r.example/a:1 AS x\nFROM x\nFROM scratch\n", settings=_LIST),
    Sample(text="FROM b.mirror.example/a:1\n", settings=_LIST),
    "FROM ghcr.io/a/b:1\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each image of another registry."""
    trusted = scene.settings.trusted_registries
    if not trusted:
        return
    for stage in scene.stages:
        plain = stage.parent is None and stage.image.lower() != "scratch" and not stage.missing
        if plain and not _fits(stage.image, trusted):
            note = f"{image_name(stage.image).registry[:80]} is not on the list"
            yield scene.at_span(stage.base.image.span, note, key=stage.image[:80])
    for stage, one, _ in in_stages(scene, "COPY", "RUN"):
        for name in stages_named(one):
            image = (":" in name or "/" in name) and "$" not in name
            if image and not is_stage(scene, name, stage.index) and not _fits(name, trusted):
                note = f"{image_name(name).registry[:80]} is not on the list"
                yield scene.at_instruction(one, note, key=name[:80])


def _fits(image: str, trusted: tuple[str, ...]) -> bool:
    registry = image_name(image).registry
    names = (registry, "hub.docker.com") if registry == "docker.io" else (registry,)
    return any(fnmatchcase(name, pattern) for name in names for pattern in trusted)
