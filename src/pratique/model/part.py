"""Say which part of an image something came with, and what its base image is."""

from enum import StrEnum

from msgspec import Struct

from pratique.model.digest import Digest


class Part(StrEnum):
    """Which part of an image something came with."""

    BASE = "base"
    """A layer of the base image: its maintainer mends it."""
    APP = "app"
    """A layer above the base image: whoever built the image mends it."""
    UNKNOWN = ""
    """Nobody knows where the base image ends."""


class Recognition(StrEnum):
    """How a base image was recognised, the surest way first."""

    LAYERS = "layers"
    """An image scanned before has the same layers, lowest first, and fewer: a fact."""
    LABEL = "label"
    """The image's annotation or label says so: a claim, often that of the base's own base."""
    HISTORY = "history"
    """Its build history looks like it: a guess."""


class BaseImage(Struct, frozen=True, kw_only=True):
    """
    The image that another was built on.

    ``layers`` counts the layers that came with it, 0 where nobody knows. ``name`` is the target under
    which it was scanned, or what a label says; ``names`` are all such names where several stored
    images have these layers. ``digest`` is that image's, None where it is not known. ``created`` is
    when it says it was made. ``guessed`` says that ``layers`` rest on the build history alone.
    """

    how: Recognition
    layers: int = 0
    name: str = ""
    digest: Digest | None = None
    names: tuple[str, ...] = ()
    distro: str = ""
    created: str = ""
    guessed: bool = False


def part_of(layer_index: int | None, base: BaseImage | None) -> Part:
    """
    Return the part that a layer (0 the lowest) belongs to.

    >>> base = BaseImage(how=Recognition.LAYERS, layers=2)
    >>> part_of(1, base).value, part_of(2, base).value, part_of(None, base), part_of(0, None)
    ('base', 'app', <Part.UNKNOWN: ''>, <Part.UNKNOWN: ''>)
    """
    if layer_index is None or base is None or not base.layers:
        return Part.UNKNOWN
    return Part.BASE if layer_index < base.layers else Part.APP
