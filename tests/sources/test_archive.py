"""Files are opened without waiting, unpacked within bounds, and their members read in place."""

import gzip
import os
import socket
from pathlib import Path

import pytest

from pratique.kit.limits import Limits
from pratique.model.errors import LimitExceeded, StorageError
from pratique.sources._archive import open_archive, open_regular, spool, unpack
from pratique.sources.interface import InvalidImage, TargetNotFound, TargetRefused
from tests.makers.image import archive, tar_of

LIMITS = Limits()
NOBODY = 65534


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("way", ["plain", "gzip", "zstd"])
def test_members_in_place(tmp_path, way):
    """A member is read from the archive, packed as a whole or not."""
    path = archive(tmp_path / "x.tar", {"a/b": b"bytes", "link": "a/b"}, way)
    held = open_archive(path, LIMITS)

    with held.open("./link") as stream:
        assert stream.read() == b"bytes"
    assert held.read("a/b", LIMITS) == b"bytes"
    assert held.has("a/b")
    assert not held.has("../a/b")
    held.close()
    held.close()


def test_what_is_no_file(tmp_path):
    """Pipes, devices, sockets and directories are refused at once, never waited for."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        for path in (tmp_path / "pipe", tmp_path / "socket", tmp_path, "/dev/null", "/dev/zero"):
            with pytest.raises(TargetNotFound):
                open_regular(path)
    with pytest.raises(TargetNotFound, match="No such file"):
        open_regular(tmp_path / "none")
    with pytest.raises(TargetNotFound):
        open_regular(tmp_path / "nul\0")


def test_what_may_not_be_read(tmp_path):
    """A file without rights is refused with a hint on rights."""
    (tmp_path / "x").touch(0)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(TargetRefused) as caught:
            open_regular(tmp_path / "x")
    finally:
        os.seteuid(was)
    assert "rights" in caught.value.hint()


def test_not_an_archive(tmp_path):
    """Other files, empty ones and damaged ones are refused in one line."""
    for name, content in {
        "text": b"hello" * 200,
        "empty": b"",
        "short": tar_of({"a": b""})[:100],
        "zeros": bytes(1024),
        "broken.gz": gzip.compress(tar_of({"a": b"x" * 9000}))[:-20],
        "not.gz": b"\x1f\x8b" + b"x" * 50,
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InvalidImage) as caught:
            open_archive(tmp_path / name, LIMITS)
        assert "\n" not in str(caught.value)


def test_an_outer_bomb(tmp_path):
    """Unpacking ends at the limits, by bytes and by ratio."""
    path = archive(tmp_path / "bomb.tar.gz", {"zeros": bytes(4 << 20)}, "gzip")

    with pytest.raises(InvalidImage, match="more than"):
        open_archive(path, Limits(tar_bytes=1 << 20))
    with pytest.raises(InvalidImage, match="times its size"):
        open_archive(path, Limits(inflate_ratio=100, inflate_floor_bytes=1 << 20))
    open_archive(path, LIMITS).close()


def test_large_members_are_not_read_whole(tmp_path):
    """A document over the limit is refused by its size."""
    held = open_archive(archive(tmp_path / "x.tar", {"a": bytes(2000)}), LIMITS)

    with pytest.raises(InvalidImage, match="2000 bytes"):
        held.read("a", Limits(json_bytes=1000))
    held.close()


def test_no_room(tmp_path, monkeypatch):
    """A temporary place that cannot be written is a storage error that names TMPDIR."""
    path = archive(tmp_path / "x.tar.gz", {"a": b"x"}, "gzip")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    fd = open_regular(path)
    with pytest.raises(StorageError) as caught:
        unpack(fd, LIMITS)
    os.close(fd)
    assert "TMPDIR" in caught.value.hint()


def test_a_disk_that_fails_under_the_target(tmp_path):
    """What cannot be read is the target's trouble, by its name; not that of the temporary folder."""
    with (
        open("/proc/self/mem", "rb", buffering=0) as source,
        pytest.raises(TargetRefused) as caught,
    ):
        spool(source, LIMITS)
    assert "Input/output error" in str(caught.value)

    held = open_archive(archive(tmp_path / "x.tar", {"a": b"x"}), LIMITS)
    folder = os.open(tmp_path, os.O_RDONLY)
    os.dup2(folder, held._fd)
    os.close(folder)
    with pytest.raises(TargetRefused, match=r"x\.tar: cannot be read: Is a directory"):
        held.read("a", LIMITS)
    held.close()


def test_spool(tmp_path):
    """A stream is kept whole, or refused when it is too long; descriptors are not leaked."""
    (tmp_path / "x").write_bytes(b"abc" * 1000)
    before = open_files()
    with (tmp_path / "x").open("rb") as source:
        fd = spool(source, LIMITS)
        assert os.pread(fd, 5000, 0) == b"abc" * 1000
        os.close(fd)
        source.seek(0)
        with pytest.raises(LimitExceeded):
            spool(source, Limits(tar_bytes=2999))
    assert open_files() == before


def test_failures_close_the_file(tmp_path):
    """However opening fails, no descriptor stays behind."""
    (tmp_path / "text").write_bytes(b"hello" * 200)
    path = archive(tmp_path / "x.tar.gz", {"a": b"x"}, "gzip")
    before = open_files()

    for place, limits in ((tmp_path / "text", LIMITS), (path, Limits(tar_bytes=1))):
        with pytest.raises(InvalidImage):
            open_archive(place, limits)
    assert open_files() == before
