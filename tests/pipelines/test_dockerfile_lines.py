"""Lines of a Dockerfile are told of an image only where its history agrees."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.errors import UsageError
from pratique.model.image import HistoryEntry
from pratique.model.report import Subject
from pratique.pipelines.dockerfile_lines import read_chain, recipe_of, with_recipe
from tests.makers import report as made

TEXT = """\
FROM debian:12 AS base
RUN one
FROM golang AS tools
RUN other
FROM base
ARG WHAT
RUN echo $WHAT
COPY a /b
ENV A=1 B=2
USER app
USER root
ENV B=3
"""


def subject(*steps: str) -> Subject:
    """Return an image whose layers were made by these steps."""
    one = made.subject()
    assert one.image is not None
    history = tuple(HistoryEntry(created_by=step) for step in steps)
    layers = tuple(one.image.layers[0] for _ in steps)
    config = replace(one.image.config, history=history)
    return replace(one, image=replace(one.image, config=config, layers=layers))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a Dockerfile in a folder below this one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app/Dockerfile").write_text(TEXT)
    return Path("app/Dockerfile")


def test_layers_are_those_of_the_stages_that_lead_to_the_image(file: Path):
    """The base's lie below the first instruction; other stages made none of them."""
    _, chain = read_chain(file, "", {})
    built = subject(
        "ADD rootfs", "RUN one", "RUN |1 WHAT=1 /bin/sh -c echo $WHAT # buildkit", "COPY a /b"
    )
    recipe = recipe_of(built, file.resolve(), chain)

    assert recipe is not None
    assert recipe.file == "app/Dockerfile"
    assert recipe.layers == {1: 2, 2: 7, 3: 8}
    assert (recipe.base, recipe.last) == (1, 5)
    assert recipe.settings == {"ENV": 12, "ENV A": 9, "ENV B": 12, "USER": 11}


def test_a_file_that_did_not_make_it_is_told(file: Path):
    """Nothing is claimed then."""
    _, chain = read_chain(file, "tools", {})
    notes: list[str] = []
    (found,) = with_recipe([subject("ADD rootfs", "RUN sleep 1")], file, chain, notes.append)

    assert found.recipe is None
    assert len(notes) == 1
    assert notes[0].startswith("app/Dockerfile did not make ")


@pytest.mark.parametrize(("text", "stage"), [("ARG A\n", ""), (TEXT, "none"), ("", "")])
def test_a_stage_that_is_not_there(file: Path, text: str, stage: str):
    """One line, before anything is scanned."""
    file.write_text(text)
    with pytest.raises(UsageError, match=r"no stage|Dockerfile"):
        read_chain(file, stage, {})
