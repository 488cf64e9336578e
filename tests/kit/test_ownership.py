"""Law: a file that somebody else may write is not ours."""

import os
from pathlib import Path

import pytest

from pratique.kit.ownership import is_only_ours


@pytest.mark.parametrize(
    ("mode", "ours"), [(0o600, True), (0o644, True), (0o664, False), (0o606, False)]
)
def test_others_must_not_write(tmp_path: Path, mode: int, ours: bool) -> None:
    """Reading does no harm."""
    place = tmp_path / "kept"
    place.write_bytes(b"")
    place.chmod(mode)
    with place.open("rb") as file:
        assert is_only_ours(file.fileno()) is ours


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_file_of_somebody_else_is_not_ours(tmp_path: Path) -> None:
    """Whatever its mode."""
    place = tmp_path / "kept"
    place.write_bytes(b"")
    os.chown(place, 12345, 12345)
    with place.open("rb") as file:
        assert not is_only_ours(file.fileno())
