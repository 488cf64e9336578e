"""What is asked of overlays stays in them; the rest is tests/responses/test_fanotify_gate.py."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.responses._overlay import is_new, mount_of, open_inside, path_below, path_by_mount


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "out").symlink_to("/etc")
    descriptor = os.open(tmp_path, os.O_PATH)
    yield descriptor
    os.close(descriptor)


def test_inside(folder, tmp_path) -> None:
    found = open_inside(folder, "/a/b")
    facts = os.fstat(found)
    os.close(found)

    assert facts.st_ino == (tmp_path / "a/b").stat().st_ino


@pytest.mark.parametrize("path", ["link/b", "out/passwd", "../x", "a/../../x", "nothing"])
def test_outside(folder, path) -> None:
    """No link is followed, and no path leads out."""
    with pytest.raises(OSError, match=r"."):
        open_inside(folder, path)


def test_mounts_are_not_entered() -> None:
    root = os.open("/", os.O_PATH)
    try:
        with pytest.raises(OSError, match="cross-device"):
            open_inside(root, "proc/self")
    finally:
        os.close(root)


def test_a_file_of_the_node() -> None:
    """It lies in no overlay's writable folder, and its path is found by its mount."""
    with open("/proc/version") as file:
        assert not is_new(file.fileno())
        assert mount_of(file.fileno()).isdigit()
        assert path_by_mount(file.fileno(), os.getpid(), "/proc/version") == "/version"


@given(*[st.text("/ab", max_size=6).map(lambda one: f"/{one}")] * 3)
def test_paths_below(root, point, path) -> None:
    """A path that is not below the point has none below the root."""
    found = path_below(root, point, path)

    assert not found or found.startswith(root.rstrip("/"))
