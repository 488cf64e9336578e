"""Give the tests of commands what runs them."""

from pathlib import Path

import pytest

from tests.cli.scanning import Run, runner
from tests.makers import scanned


@pytest.fixture
def pratique(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs a command line with cache, data and mirror in a folder of its own."""
    return runner(tmp_path, monkeypatch, capsys)


@pytest.fixture
def image(tmp_path: Path) -> str:
    """Return the target of a small Debian-like image with an attestation beside it."""
    return f"oci:{scanned.debian(tmp_path / 'image')}:app"
