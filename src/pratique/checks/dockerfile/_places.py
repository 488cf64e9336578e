"""Find places in a Dockerfile that several checks ask for: stages, image names, flags."""

from collections.abc import Iterator

from msgspec import Struct

from pratique.checks.dockerfile.interface import Scene
from pratique.formats.dockerfile.reading import pairs_of
from pratique.formats.dockerfile.stages import Stage, Values, chain_of
from pratique.formats.dockerfile.tree import Flag, Instruction, Span
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


def line_span(scene: Scene, number: int) -> Span:
    """Return the bytes of a line, its end included; empty at the end where there is no such line."""
    content = scene.file.content
    start = 0
    for _ in range(number - 1):
        start = content.find(b"\n", start) + 1
        if not start:
            return Span(len(content), len(content))
    end = content.find(b"\n", start)
    return Span(start, len(content) if end < 0 else end + 1)


def declared_in(scene: Scene) -> dict[int, set[str]]:
    """Return, by stage, the names of ARG and ENV that it or a stage below it declares."""
    found: dict[int, set[str]] = {}
    for stage in scene.stages:
        below = found[stage.parent] if stage.parent is not None else set()
        own = {
            pair.name
            for one in stage.instructions
            if one.keyword in ("ARG", "ENV")
            for pair in pairs_of(one, scene.file.escape)
        }
        found[stage.index] = below | own
    return found


def global_arguments(scene: Scene) -> set[str]:
    """Return the names of the ARGs before the first FROM."""
    found: set[str] = set()
    for one in scene.file.instructions:
        if one.keyword == "FROM":
            break
        if one.keyword == "ARG":
            found |= {pair.name for pair in pairs_of(one, scene.file.escape)}
    return found


PLATFORM_ARGUMENTS = frozenset(
    f"{whose}{what}"
    for whose in ("TARGET", "BUILD")
    for what in ("PLATFORM", "OS", "ARCH", "VARIANT")
)
"""What BuildKit defines for FROM lines by itself, and for a stage that declares it."""
