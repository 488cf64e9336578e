"""Names of images and stages are read as a build reads them."""

import pytest

from pratique.checks.dockerfile._places import (
    ImageName,
    declared_in,
    global_arguments,
    image_name,
    is_stage,
    line_span,
    root_image,
)
from pratique.checks.dockerfile.interface import scene_of

TEXT = "ARG V=1\nFROM d:$V AS One\nARG A\nFROM one AS two\nENV B=1\nFROM 0\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("debian:12", ImageName("docker.io", "debian", "12")),
        ("localhost/a", ImageName("localhost", "a")),
        ("r.example:5000/a/b", ImageName("r.example:5000", "a/b")),
        ("a/b:1@sha256:x", ImageName("docker.io", "a/b", "1", "sha256:x")),
        ("", ImageName("docker.io", "")),
    ],
)
def test_image_names(text: str, wanted: ImageName) -> None:
    """A first part is a registry where it has a dot, a port, or is localhost."""
    assert image_name(text) == wanted


def test_stages() -> None:
    """Names in any letters, numbers below; what is declared is inherited."""
    scene = scene_of(TEXT)

    assert is_stage(scene, "ONE", 1)
    assert is_stage(scene, "0", 1)
    assert not is_stage(scene, "two", 1)
    assert not is_stage(scene, "1", 1)
    assert root_image(scene, 1) == "d:1"
    assert root_image(scene, 9) == ""
    assert declared_in(scene)[1] == {"A", "B"}
    assert global_arguments(scene) == {"V"}


def test_lines() -> None:
    """A line with its end; the last may have none, and behind it there is nothing."""
    scene = scene_of("FROM a\nRUN b")

    assert [line_span(scene, number).of(scene.file.content) for number in (1, 2, 3)] == [
        b"FROM a\n",
        b"RUN b",
        b"",
    ]
