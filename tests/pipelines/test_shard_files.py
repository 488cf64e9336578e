"""A shard's name always holds a whole shard; one process at a time changes it."""

import errno
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import StorageError
from pratique.pipelines import shard_files

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def write(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    with shard_files.replacing(folder, "Red Hat", NOW) as temporary:
        temporary.write_text(text)


def write_half(folder: Path) -> None:
    with shard_files.replacing(folder, "Red Hat", NOW) as temporary:
        temporary.write_text("half")
        raise OSError(errno.ENOSPC, "disk full")


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """Nothing else is left, and the time of the check is the run's."""
    write(tmp_path, "old")
    write(tmp_path, "new")

    assert [entry.name for entry in tmp_path.iterdir()] == ["Red%20Hat.sqlite"]
    assert shard_files.shard_path(tmp_path, "Red Hat").read_text() == "new"
    assert shard_files.checked(tmp_path, "Red Hat") == NOW.timestamp()
    assert shard_files.checked(tmp_path, "Debian") is None


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """Whatever goes wrong in between."""
    write(tmp_path, "old")

    with pytest.raises(OSError, match="disk full"):
        write_half(tmp_path)

    assert [entry.name for entry in tmp_path.iterdir()] == ["Red%20Hat.sqlite"]
    assert shard_files.shard_path(tmp_path, "Red Hat").read_text() == "old"


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    """The next holder of the lock clears up, for its own shard only."""
    (tmp_path / ".Red%20Hat.sqlite.4711.tmp").write_text("half")
    (tmp_path / ".Red%20Hat.sqlite.4711.tmp-journal").write_text("half")
    (tmp_path / ".Debian.sqlite.4712.tmp").write_text("another's, still at work")

    write(tmp_path, "new")

    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        ".Debian.sqlite.4712.tmp",
        "Red%20Hat.sqlite",
    ]


def test_touch_notes_the_check_alone(tmp_path: Path) -> None:
    """The content is not written again."""
    write(tmp_path, "old")
    later = datetime(2026, 11, 22, tzinfo=UTC)

    shard_files.touch(tmp_path, "Red Hat", later)

    assert shard_files.checked(tmp_path, "Red Hat") == later.timestamp()


def hold(folder: Path, held: object, release: object) -> None:
    with shard_files.locked(folder, "Debian", lambda: None):
        held.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


def test_a_second_process_waits(tmp_path: Path) -> None:
    """It says so, gets the lock when the first ends, and learns that it waited."""
    spawn = multiprocessing.get_context("spawn")
    held, release = spawn.Event(), spawn.Event()
    first = spawn.Process(target=hold, args=(tmp_path, held, release))
    first.start()
    assert held.wait(30)
    said: list[str] = []

    def waiting() -> None:
        said.append("waiting")
        release.set()

    with shard_files.locked(tmp_path, "Debian", waiting) as waited:
        assert waited
    with shard_files.locked(tmp_path, "Debian", waiting) as waited:
        assert not waited
    first.join(30)
    assert said == ["waiting"]


def test_the_lock_of_a_killed_process_is_no_problem(tmp_path: Path) -> None:
    """The kernel lets go of it."""
    spawn = multiprocessing.get_context("spawn")
    held, release = spawn.Event(), spawn.Event()
    first = spawn.Process(target=hold, args=(tmp_path, held, release))
    first.start()
    assert held.wait(30)
    first.kill()
    first.join(30)

    with shard_files.locked(tmp_path, "Debian", lambda: None) as waited:
        assert not waited


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").touch()

    with (
        pytest.raises(StorageError),
        shard_files.locked(tmp_path / "file" / "x", "Debian", lambda: None),
    ):
        pass
    with pytest.raises(StorageError):
        shard_files.touch(tmp_path, "Debian", NOW)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
