"""Find places in a Dockerfile that several checks ask for: stages, image names, flags."""

from collections.abc import Iterator

from msgspec import Struct

from pratique.checks.dockerfile.interface import Scene
from pratique.formats.dockerfile.stages import Stage, Values, chain_of
from pratique.formats.dockerfile.tree import Flag, Instruction
from pratique.model.edit import Edit

_HUB = "docker.io"


class ImageName(Struct, frozen=True):
    """A reference of an image taken apart; the registry is ``docker.io`` where none is said."""

    registry: str
    path: str
    tag: str = ""
    digest: str = ""

    @property
    def last(self) -> str:
        """Return the last part of its path: ``debian`` of ``docker.io/library/debian``."""
        return self.path.rpartition("/")[2]


def image_name(text: str) -> ImageName:
    """
    Take a reference apart.

    >>> image_name("ghcr.io/a/b:1@sha256:ab"), image_name("debian").registry
    (ImageName(registry='ghcr.io', path='a/b', tag='1', digest='sha256:ab'), 'docker.io')
    """
    name, _, digest = text.partition("@")
    head, slash, rest = name.partition("/")
    registry, path = _HUB, name
    if slash and ("." in head or ":" in head or head == "localhost"):
        registry, path = head, rest
    tag = ""
    if ":" in path.rpartition("/")[2]:
        path, _, tag = path.rpartition(":")
    return ImageName(registry, path, tag, digest)


def in_stages(scene: Scene, *keywords: str) -> Iterator[tuple[Stage, Instruction, Values]]:
    """Yield stage, instruction (of ONBUILD its trigger) and the values it sees."""
    for stage in scene.stages:
        for one, values in zip(stage.instructions, stage.scopes, strict=True):
            taken = one.trigger or one
            if taken.keyword in keywords:
                yield stage, taken, values


def final_chain(scene: Scene) -> tuple[Stage, ...]:
    """Return the stages that the built image consists of, lowest first; empty without any."""
    return chain_of(scene.stages, scene.stages[-1]) if scene.stages else ()


def root_image(scene: Scene, stage: int) -> str:
    """Return the image below a stage, as it is called in the file, variables expanded."""
    if not 0 <= stage < len(scene.stages):
        return ""
    return chain_of(scene.stages, scene.stages[stage])[0].image


def is_stage(scene: Scene, name: str, before: int) -> bool:
    """Say whether a name or number means one of the stages before an index."""
    if name.isascii() and name.isdigit():
        return int(name[:9]) < before
    return any(one.name and one.name == name.lower() for one in scene.stages[:before])


def without_flag(scene: Scene, flag: Flag) -> tuple[Edit, ...]:
    """Return the edit that takes a flag away, with the blanks behind it."""
    content, end = scene.file.content, flag.span.end
    while content[end : end + 1] in (b" ", b"\t"):
        end += 1
    return (Edit(scene.name, flag.span.start, end, b""),)
