"""What is written into a Dockerfile keeps its line ends and its user."""

import pytest

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.edits import apply_edits
from pratique.remedies._places import after, appended, as_root, before, is_root, user_at
from tests.makers.situation import situation


def test_lines_below_and_above() -> None:
    there = situation(dockerfile="FROM a\nCMD x\n")
    opening, cmd = there.dockerfile.instructions
    edits = [after(there, opening, ["RUN b"]), before(there, cmd, ["USER c"])]

    assert apply_edits(there.dockerfile.content, edits) == b"FROM a\nRUN b\nUSER c\nCMD x\n"


def test_line_ends_are_those_of_the_file() -> None:
    there = situation(dockerfile="FROM a\r\nCMD x")
    opening, cmd = there.dockerfile.instructions

    edits = [after(there, opening, ["RUN b"]), after(there, cmd, ["USER c"])]
    assert apply_edits(there.dockerfile.content, edits) == b"FROM a\r\nRUN b\r\nCMD x\r\nUSER c"


def test_another_command_in_a_run() -> None:
    there = situation(dockerfile="FROM a\nRUN b && \\\n  c\nCMD x\n")
    edit = appended(there, there.dockerfile.instructions[1], "d")

    assert edit is not None
    changed = apply_edits(there.dockerfile.content, [edit])
    assert changed == b"FROM a\nRUN b && \\\n  c \\\n    && d\nCMD x\n"
    assert parse(changed).instructions[1].text.split() == ["b", "&&", "c", "&&", "d"]


@pytest.mark.parametrize(
    "run", ['RUN ["a"]', "RUN <<E\na\nE", "RUN a # b", "RUN a &", "CMD a", "RUN a;"]
)
def test_where_a_command_cannot_be_added(run: str) -> None:
    there = situation(dockerfile=f"FROM a\n{run}\n")
    assert appended(there, there.dockerfile.instructions[1], "d") is None


def test_who_is_in_force() -> None:
    """USER of the stages below counts, what comes later does not."""
    there = situation(dockerfile="FROM a AS b\nUSER one\nFROM b\nRUN x\nUSER two\nRUN y\n")
    stage = there.chain[-1]

    assert user_at(there, stage, None) == "one"
    assert user_at(there, stage, stage.instructions[0]) == "one"
    assert user_at(there, stage, stage.instructions[-1]) == "two"


def test_another_user_is_put_back() -> None:
    assert as_root("app", ["RUN x"]) == ["USER root", "RUN x", "USER app"]
    assert as_root("root:root", ["RUN x"]) == ["RUN x"]
    assert not is_root("1000")
