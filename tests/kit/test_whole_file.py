"""A file is put in its place whole or not at all, whatever call to the disk fails."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pratique.kit import whole_file as subject
from pratique.kit.whole_file import write_whole

TOO_LARGE = """
import pathlib, resource, sys
from pratique.kit.whole_file import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
write_whole(pathlib.Path(sys.argv[1]), b"n" * (1 << 18))
"""
CALLS = ("open", "fchmod", "fsync")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("old", [None, b"old"])
def test_whatever_call_fails(tmp_path: Path, monkeypatch, call: str, old: bytes | None) -> None:
    """What was there stays, nothing else is left, no file stays open, and the next try works."""
    place = tmp_path / "report.json"
    if old is not None:
        place.write_bytes(old)
    before = open_files()

    def fails(*given, **more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(subject, "os", SimpleNamespace(**vars(os) | {call: fails}))
    with pytest.raises(OSError, match="No space left"):
        write_whole(place, b"new", 0o600)
    monkeypatch.undo()
    assert [one.name for one in tmp_path.iterdir()] == (["report.json"] if old else [])
    assert old is None or place.read_bytes() == old
    assert open_files() == before
    write_whole(place, b"new")
    assert place.read_bytes() == b"new"


def test_a_disk_without_room(tmp_path: Path) -> None:
    """A write that the system refuses in its middle: a process of its own, whose files may have 64 KiB."""
    place = tmp_path / "report.json"
    place.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", TOO_LARGE, place], stderr=subprocess.PIPE, text=True
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("report.json", b"old")]


def test_a_rename_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """As onto a folder."""
    (tmp_path / "there").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "there", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["there"]


@pytest.mark.parametrize(("given", "there", "then"), [(None, 0o640, 0o640), (0o600, 0o644, 0o600)])
def test_rights_are_kept_or_set(tmp_path: Path, given: int | None, there: int, then: int) -> None:
    """A file that only its owner may read is not opened to others by being written anew."""
    place = tmp_path / "file"
    place.write_bytes(b"old")
    place.chmod(there)
    write_whole(place, b"new", given)
    assert place.stat().st_mode & 0o7777 == then


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    """Those that the umask leaves."""
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "file", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "file").stat().st_mode & 0o7777 == 0o640


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    """An hour later, by whoever writes the same file; nobody else's file, and no young one."""
    stay = [".a.json.0123456789ab.tmp", ".a.json.0123.tmp", "a.json.0123456789ab.tmp", ".ab"]
    for name in [*stay, ".a.json.ffffffffffff.tmp", ".b.json.ffffffffffff.tmp"]:
        (tmp_path / name).write_bytes(b"half")
        if name != stay[0]:
            os.utime(tmp_path / name, (1, 1))
    write_whole(tmp_path / "a.json", b"new")
    left = sorted(one.name for one in tmp_path.iterdir())
    assert left == sorted([*stay, ".b.json.ffffffffffff.tmp", "a.json"])


def test_a_name_of_any_length_is_written(tmp_path: Path) -> None:
    """Up to the 255 bytes that a name may have."""
    place = tmp_path / ("ü" * 127)
    write_whole(place, b"new")
    assert place.read_bytes() == b"new"


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
