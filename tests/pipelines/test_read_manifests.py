"""Manifests beside a Dockerfile are read, bounded, and nothing else."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines import read_manifests as reading


def put(folder: Path, *names: str) -> None:
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(name.encode())


def test_what_a_remedy_may_edit_is_read(tmp_path: Path) -> None:
    """Not what is installed, hidden, deep, or reached by a link."""
    wanted = ["go.mod", "requirements.txt", "web/package.json", "web/x/requirements-dev.txt"]
    put(tmp_path, *wanted, "other.txt", "node_modules/a/package.json", ".x/go.mod", "a/b/c/go.mod")
    (tmp_path / "linked").symlink_to(tmp_path / "web")
    (tmp_path / "pom.xml").symlink_to("/etc/hostname")

    found = reading.read_manifests(tmp_path)

    assert sorted(found) == sorted(wanted)
    assert found["web/package.json"] == b"web/package.json"


def test_a_file_that_is_too_large_or_absent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_bytes(b"x" * (reading.MAX_BYTES + 1))

    assert reading.read_manifests(tmp_path) == {}
    with pytest.raises(UsageError, match="larger than"):
        reading.read_bounded(tmp_path / "go.mod")
    with pytest.raises(UsageError):
        reading.read_bounded(tmp_path / "none")


def test_many_files_are_bounded(tmp_path: Path) -> None:
    put(tmp_path, *(f"requirements{n}.txt" for n in range(reading.MAX_FILES + 5)))
    assert len(reading.read_manifests(tmp_path)) == reading.MAX_FILES
