"""Build arguments are taken as docker takes them, and bad ones are refused without being shown."""

from pathlib import Path

import pytest

from pratique.cli.build_words import build_arguments
from pratique.model.errors import UsageError
from tests.cli.scanning import Run


def test_what_is_typed_wins_over_files(tmp_path: Path):
    """And a later one over an earlier one; a file's lines are taken as they stand."""
    file = tmp_path / "args"
    file.write_text('# versions\nA=file\n\n  B="quoted"\nHERE\nABSENT\nB=later\n')

    assert build_arguments(["A=typed", "C=", "HERE"], [file], {"HERE": "x"}) == {
        "A": "typed",
        "B": "later",
        "HERE": "x",
        "C": "",
    }


@pytest.mark.parametrize("text", ["=hunter2", "my secret=hunter2", "", "1A=hunter2"])
def test_what_is_no_argument_is_refused_and_not_shown(tmp_path: Path, text: str):
    """It may hold a secret; the place says where to look."""
    with pytest.raises(UsageError, match="--build-arg: no build argument") as raised:
        build_arguments([text], [], {})
    assert "hunter2" not in str(raised.value)

    file = tmp_path / "args"
    file.write_text(f"A=1\n{text or '-'}\n")
    with pytest.raises(UsageError, match=r"args:2: no build argument"):
        build_arguments([], [file], {})


@pytest.mark.parametrize("content", [b"\xff=1\n", b"A=" + b"x" * (1 << 20)])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes):
    """Not text, too large, or not there: one line."""
    file = tmp_path / "args"
    file.write_bytes(content)
    with pytest.raises(UsageError, match="args: "):
        build_arguments([], [file], {})
    with pytest.raises(UsageError, match="No such file"):
        build_arguments([], [tmp_path / "absent"], {})


def test_an_argument_decides_what_lint_sees(
    pratique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """An ARG without a default says nothing of the base; what it is built with does."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Dockerfile").write_text("ARG BASE\nFROM $BASE\nUSER 1000\n")
    rule = "latest-base-image"

    assert rule not in pratique("lint", ".")[1]
    assert rule in pratique("lint", ".", "--build-arg", "BASE=debian:latest")[1]
    (tmp_path / "args").write_text("BASE=debian:latest\n")
    assert rule in pratique("lint", ".", "--build-arg-file", "args")[1]
