"""A key is given, or made once and kept for its user alone; a torn one is told."""

from pathlib import Path

import pytest

from pratique.model.errors import StorageError
from pratique.pipelines.fingerprint_key import FILE, fingerprint_key


def test_a_given_key_leaves_no_trace(tmp_path: Path) -> None:
    """An organisation's own wins over one made before."""
    (tmp_path / FILE).write_bytes(b"k" * 32)

    assert fingerprint_key("ours", tmp_path) == b"ours"
    assert fingerprint_key("ours", None) == b"ours"


def test_a_key_is_made_once_for_its_user(tmp_path: Path) -> None:
    """The second time its folder is there, and what chance would give is not asked."""
    folder = tmp_path / "new"
    first = fingerprint_key("", folder, lambda size: b"a" * size)

    assert first == b"a" * 32
    assert fingerprint_key("", folder, lambda size: b"b" * size) == first
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600


def test_a_key_without_room_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    """Neither half a key under its name nor beside it; the next try makes one."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        fingerprint_key("", tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert len(fingerprint_key("", tmp_path)) == 32


def test_a_torn_key_is_told_and_not_used(tmp_path: Path) -> None:
    """Fingerprints under half a key would compare with nothing."""
    (tmp_path / FILE).write_bytes(b"short")

    with pytest.raises(StorageError, match="holds no key"):
        fingerprint_key("", tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"short"


def test_no_folder_is_told(tmp_path: Path) -> None:
    """Neither none nor one that is a file can keep a key."""
    (tmp_path / "file").write_bytes(b"")

    for folder in (None, tmp_path / "file"):
        with pytest.raises(StorageError):
            fingerprint_key("", folder)
