"""Run command lines on generated images, with folders and time of their own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pratique.cli.main import run
from tests.makers import scanned

Run = Callable[..., tuple[int, str, str]]
"""Run a command line; returns the exit code, standard output and standard error."""


def runner(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs pratique with everything it keeps below ``folder``."""
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setenv("PRATIQUE_DATA_DIR", str(folder / "data"))
    monkeypatch.setenv("PRATIQUE_WORKERS", "0")
    monkeypatch.setenv("PRATIQUE_DB_SOURCE", str(scanned.mirror(folder / "mirror")))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", scanned.NOW)
    monkeypatch.chdir(folder)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def subject(text: str) -> dict[str, Any]:
    """Return the only subject of a JSON report."""
    (one,) = json.loads(text)["subjects"]
    found: dict[str, Any] = one
    return found
