"""
Say which instruction of a Dockerfile made a layer, and where the base image ends.

Layers are compared with instructions from the top down, by what the history says of each; the
first layer that agrees with none belongs to the base image. Without an agreeing history (a build
squashed into one layer) nothing is said.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Instruction
from pratique.formats.image.history import Step, read_history
from pratique.model.image import Image

_MAKERS = frozenset({"RUN", "COPY", "ADD", "WORKDIR"})
_SPACE = re.compile(r"\s+")


class Origins(Struct, frozen=True):
    """``made`` maps the index of a layer to its instruction; ``base_layers`` is None if unknown."""

    made: dict[int, Instruction] = {}
    base_layers: int | None = None


def origins_of(image: Image | None, chain: Sequence[Stage]) -> Origins:
    """Return where the layers of an image come from, given the stages it is built from."""
    if image is None or not chain:
        return Origins()
    steps = [
        s for s in read_history(image.config.history, len(image.layers)) if s.layer is not None
    ]
    waiting = [one for stage in chain for one in stage.instructions if one.keyword in _MAKERS]
    made: dict[int, Instruction] = {}
    for step in reversed(steps):
        while waiting and not _agree(step, waiting[-1]):
            if waiting[-1].keyword != "WORKDIR":
                # Only WORKDIR may have made no layer: the folder was there.
                return _whole(made)
            waiting.pop()
        if not waiting or step.layer is None:
            break
        made[step.layer] = waiting.pop()
    if any(one.keyword != "WORKDIR" for one in waiting):
        return _whole(made)
    return Origins(made, min(made, default=len(image.layers)))


def _whole(made: dict[int, Instruction]) -> Origins:
    """Return what is sure although the file and the history part ways."""
    return Origins(made, None)


def _agree(step: Step, one: Instruction) -> bool:
    if step.instruction != one.keyword:
        return False
    if one.keyword in ("COPY", "ADD", "WORKDIR"):
        return True
    said, written = _plain(step.text), _plain(one.text)
    if one.json is not None:
        written = " ".join(word.value for word in one.json)
    if one.heredocs:
        return said.startswith(written.partition("<<")[0].strip())
    # What a builder adds around the command does not matter.
    return written in said or said in written


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
