"""What a container changed is listed without being led astray by it."""

import hashlib
import os

import pytest

from pratique.responses._changed import _opened, changes, shown


def by_path(found):
    return {one.path: one for one in found.entries}


def test_files_links_folders_and_deletions(tmp_path) -> None:
    """Files have their sha256; a link is told, not followed."""
    upper = tmp_path / "upper"
    (upper / "tmp").mkdir(parents=True)
    (upper / "tmp/x").write_bytes(b"evil")
    (tmp_path / "host").write_bytes(b"secret")
    (upper / "link").symlink_to(tmp_path / "host")
    (upper / "folder").symlink_to(tmp_path)
    if os.geteuid() == 0:
        os.mknod(upper / "gone", 0o20000, os.makedev(0, 0))
    found = changes(upper)
    entries = by_path(found)

    assert found.complete
    assert entries["/tmp/x"].sha256 == hashlib.sha256(b"evil").hexdigest()
    assert (entries["/link"].kind, entries["/link"].sha256) == ("symlink", "")
    assert entries["/link"].link == str(tmp_path / "host")
    assert not any(path.startswith("/folder/") for path in entries)
    assert os.geteuid() or entries["/gone"].kind == "deleted"


def test_pipes_and_sockets_do_not_block(tmp_path) -> None:
    """They are listed, never opened."""
    os.mkfifo(tmp_path / "pipe")

    assert by_path(changes(tmp_path))["/pipe"].kind == "other"


def test_a_flood_is_cut_and_told(tmp_path) -> None:
    """A container that makes a million files does not make a record of a million lines."""
    for number in range(50):
        (tmp_path / f"{number:03}").touch()
    found = changes(tmp_path, max_entries=20)

    assert len(found.entries) == 20
    assert not found.complete


def test_a_very_deep_folder(tmp_path) -> None:
    """It ends the walk, not the stack."""
    here = tmp_path
    for _ in range(300):
        here = here / "d"
        here.mkdir()
    found = changes(tmp_path)

    assert not found.complete
    assert len(found.entries) < 300


def test_names_that_are_no_text(tmp_path) -> None:
    """Odd bytes are shown escaped."""
    with open(os.fsencode(tmp_path) + b"/\xff\xfe", "wb"):
        pass

    assert by_path(changes(tmp_path))["/\\xff\\xfe"].kind == "file"
    assert shown("\udcff") == "\\xff"


def test_no_such_folder(tmp_path) -> None:
    """Nothing is listed, and that is said to be incomplete."""
    assert not changes(tmp_path / "none").complete


def test_what_is_no_file_any_more_is_not_opened(tmp_path) -> None:
    """A container may put a pipe, a link or a device where a file was when it was looked at."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "file").write_bytes(b"x")
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        for name in ("pipe", "link", "gone"):
            with pytest.raises(OSError, match=r"not a regular|No such"):
                _opened(folder, name)
        os.close(_opened(folder, "file"))
    finally:
        os.close(folder)
