"""Tools of others are pinned, and a tool that cannot be built here is told, not failed."""

from pathlib import Path

import pytest

from tools import assessors

MODULES = sorted(assessors.PINNED.glob("*/go.mod"))


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a `go` of the test's own stands, the only program on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "go"


def module(folder: Path) -> Path:
    """Return a module that takes Go 1.24."""
    place = folder / "go.mod"
    place.write_text("module pratique.invalid/x\n\ngo 1.24.0\n\ntool example.invalid/x\n")
    return place


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("go1.26.8", ""),
        ("go1.24.0", ""),
        ("go1.24rc1", "it takes Go 1.24 or newer; this is 1.24rc1"),
        ("go1.19.8", "it takes Go 1.24 or newer; this is 1.19.8"),
        ("", "it takes Go 1.24 or newer; this is unknown"),
    ],
)
def test_an_old_go_builds_nothing(go: Path, tmp_path: Path, version: str, why: str) -> None:
    """The reason names both versions."""
    go.write_text(f"#!/bin/sh\necho {version}\n")
    go.chmod(0o755)
    assert assessors.why_not_built(module(tmp_path)) == why


def test_without_go_it_is_said(go: Path, tmp_path: Path) -> None:
    """A machine without Go is no failure; what is not pinned cannot be built."""
    assert assessors.why_not_built(module(tmp_path)).startswith("go is not installed")
    assert not go.exists()
    assert assessors.main(["--buildable", "gosec"]) == 1
    assert assessors.main(["--buildable", "no-such-tool"]) == 1


@pytest.mark.parametrize("place", MODULES, ids=lambda one: one.parent.name)
def test_go_tools_are_pinned(place: Path) -> None:
    """Every module that one needs has its hash beside it, so nothing else can be built."""
    needed = [line.split()[:2] for line in place.read_text().splitlines() if line[:1] == "\t"]
    sums = {tuple(line.split()[:2]) for line in place.with_name("go.sum").read_text().splitlines()}
    assert needed
    assert {(name, f"{version}/go.mod") for name, version in needed} <= sums
    assert "replace" not in place.read_text()
