"""The sample's recordings show what they are there to show, with the rules that come with us."""

import json
from pathlib import Path

import pytest

from examples.demo.image import write_image
from examples.demo.recordings import BREAK_IN, WORK, write_recordings
from tests.cli.scanning import Run, runner


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    write_recordings(folder, write_image(folder / "image"))
    return folder


@pytest.fixture
def pratique(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    return runner(tmp_path, monkeypatch, capsys)


def told(pratique: Run, recording: Path) -> set[str]:
    """Return the rules and sequences that a replay names."""
    code, out, _ = pratique("watch", "--replay", str(recording), "-o", "json", "-q")
    assert code == 0
    return {json.loads(line)["rule"] for line in out.splitlines()}


def test_the_good_day_is_silent(pratique: Run, place: Path) -> None:
    """Nothing that an honest service does is an alert."""
    assert told(pratique, place / WORK) == set()


def test_the_break_in_is_told(pratique: Run, place: Path) -> None:
    """Its steps, and the incidents that they make."""
    found = told(pratique, place / BREAK_IN)

    assert {"connection-then-shell", "download-tool-in-container", "miner-after-drop"} <= found


def test_equal_bytes(place: Path, tmp_path: Path) -> None:
    """Two runs write the same, so that pages made from them stay as they are."""
    write_recordings(tmp_path, write_image(tmp_path / "image"))

    for name in (WORK, BREAK_IN):
        assert (tmp_path / name).read_bytes() == (place / name).read_bytes()
