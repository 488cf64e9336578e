"""Values of secrets are followed over variables, files and stages, and told where the image keeps them."""

import pytest

from pratique.checks.dockerfile._secret_flow import leaks
from pratique.checks.dockerfile.interface import scene_of


def notes(text: str) -> list[str]:
    """Return what is told of a Dockerfile."""
    return [leak.note for leak in leaks(scene_of(text))]


def test_over_two_stages() -> None:
    """A file of the first stage comes by the second into the last, under another name."""
    found = notes(
        "FROM a AS one\nARG TOKEN\nRUN echo $TOKEN > /t/a\n"
        "FROM b AS two\nCOPY --from=one /t /u\n"
        "FROM c\nCOPY --from=two /u/a /v\n"
    )

    assert found == ["/u/a of two holds ARG TOKEN, and comes along"]


def test_a_stage_that_is_left_behind() -> None:
    """What only a stage that does not ship keeps is not told."""
    assert notes("FROM a\nARG TOKEN\nENV B=$TOKEN\nRUN echo $B > /a\nFROM b\n") == []


def test_inherited() -> None:
    """A stage built on another keeps its variables and files."""
    found = notes("FROM a AS x\nENV API_TOKEN=abc-def\nFROM x\nLABEL l=$API_TOKEN\n")

    assert found == ["ENV API_TOKEN becomes the LABEL l of every container"]


def test_forgotten() -> None:
    """A variable that gets another value holds no secret any more."""
    assert notes("FROM a\nARG TOKEN\nENV TOKEN=\nRUN echo $TOKEN > /a\n") == []


@pytest.mark.parametrize("source", ["/", "/t", "/t/a", "../t/"])
def test_what_a_copy_takes(source: str) -> None:
    """A file, and every folder above it, however it is written."""
    text = f"FROM a AS x\nARG TOKEN\nRUN echo $TOKEN > /t/a\nFROM b\nCOPY --from=x {source} /v/\n"

    assert len(notes(text)) == 1


def test_the_value_is_never_told() -> None:
    """Notes name variables and files alone."""
    value = "hunter" + "-2-hunter"
    found = notes(f"FROM a\nENV DB_PASSWORD={value}\nENV C=$DB_PASSWORD\nRUN echo $C > /a\n")

    assert len(found) == 2
    assert not any(value in note for note in found)
