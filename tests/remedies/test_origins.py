"""Layers are told to the instructions that made them, from the top down."""

import pytest

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.stages import chain_of, stages_of
from pratique.remedies._origins import origins_of
from tests.makers.situation import image_of

FILE = b"""FROM base
RUN apk add \\
    curl
WORKDIR /app
COPY . .
RUN <<E
make
E
CMD x
"""
BUILDKIT = (
    "RUN /bin/sh -c apk add     curl # buildkit",
    "WORKDIR /app",
    "COPY . . # buildkit",
    "RUN /bin/sh -c <<E # buildkit",
)
BUILDAH = (
    "/bin/sh -c apk add     curl",
    "/bin/sh -c #(nop) COPY dir:" + "0" * 64 + " in . ",
    "/bin/sh -c make",
)


def lines(content: bytes, steps: tuple[str, ...]) -> tuple[dict[int, int], int | None]:
    stages = stages_of(parse(content))
    found = origins_of(image_of(steps), chain_of(stages, stages[-1]))
    return {index: one.line for index, one in found.made.items()}, found.base_layers


def test_buildkit() -> None:
    assert lines(FILE, BUILDKIT) == ({1: 2, 2: 4, 3: 5, 4: 6}, 1)


def test_buildah_makes_no_layer_for_a_folder_that_is_there() -> None:
    assert lines(FILE.replace(b"<<E\nmake\nE", b"make"), BUILDAH) == ({1: 2, 2: 5, 3: 6}, 1)


def test_stages_on_stages_are_one_chain() -> None:
    content = b"FROM base AS a\nRUN one\nFROM other AS b\nRUN no\nFROM a\nRUN two\n"
    steps = ("RUN /bin/sh -c one # buildkit", "RUN /bin/sh -c two # buildkit")
    assert lines(content, steps) == ({1: 2, 2: 6}, 1)


@pytest.mark.parametrize("steps", [("RUN /bin/sh -c something else",), ()])
def test_another_history_says_nothing_of_the_base(steps: tuple[str, ...]) -> None:
    """An image that was not built from this file, or squashed."""
    made, base = lines(b"FROM a\nRUN one\n", steps)
    assert (made, base) == ({}, None)


def test_no_image_and_no_file() -> None:
    assert origins_of(None, ()).base_layers is None
