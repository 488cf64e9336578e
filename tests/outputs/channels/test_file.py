"""A file gets whole lines, also while others rotate it."""

import os
import resource
import signal

import pytest

from pratique.outputs.channels.file import FileChannel
from pratique.outputs.channels.interface import NotDelivered


def test_lines_are_appended(tmp_path) -> None:
    """What stood there stays; a new file is the owner's alone."""
    (tmp_path / "old").write_bytes(b"before\n")
    for name in ("old", "new"):
        channel = FileChannel(tmp_path / name)
        channel.send([b"a", b"b"])
        channel.send([b"c"])
        channel.close()

    assert (tmp_path / "old").read_bytes() == b"before\na\nb\nc\n"
    assert (tmp_path / "new").read_bytes() == b"a\nb\nc\n"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


def test_rotation(tmp_path) -> None:
    """Moved, removed or replaced: the next line goes to what the name means now."""
    place = tmp_path / "log"
    channel = FileChannel(place)
    channel.send([b"a"])
    place.rename(tmp_path / "log.1")
    channel.send([b"b"])
    place.unlink()
    channel.send([b"c"])
    channel.close()

    assert (tmp_path / "log.1").read_bytes() == b"a\n"
    assert place.read_bytes() == b"c\n"


def test_truncation(tmp_path) -> None:
    """``copytruncate`` leaves no hole of zeros."""
    channel = FileChannel(tmp_path / "log")
    channel.send([b"aaaa"])
    os.truncate(tmp_path / "log", 0)
    channel.send([b"b"])
    channel.close()

    assert (tmp_path / "log").read_bytes() == b"b\n"


def test_a_torn_line_takes_no_other_one_with_it(tmp_path) -> None:
    """Who was killed in the middle of a write, or could not take it back, left one."""
    place = tmp_path / "log"
    place.write_bytes(b"whole\nhal")
    channel = FileChannel(place)
    channel.send([b"a"])
    channel.send([b"b"])
    channel.close()

    assert place.read_bytes() == b"whole\nhal\na\nb\n"


@pytest.mark.parametrize("kind", ["symlink", "pipe", "folder"])
def test_only_regular_files(tmp_path, kind) -> None:
    """Neither a link that somebody else placed nor a pipe that blocks."""
    place = tmp_path / "log"
    if kind == "symlink":
        place.symlink_to(tmp_path / "passwd")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()

    with pytest.raises(NotDelivered):
        FileChannel(place).send([b"a"])
    assert not (tmp_path / "passwd").exists()


def test_a_full_disk_leaves_no_half_line(tmp_path) -> None:
    """A line that did not fit is taken back and offered again later."""
    channel = FileChannel(tmp_path / "log")
    channel.send([b"a" * 100])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150, before[1]))
    try:
        with pytest.raises(NotDelivered) as caught:
            channel.send([b"b" * 100])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    channel.send([b"c"])
    channel.close()

    assert not caught.value.refused
    assert (tmp_path / "log").read_bytes() == b"a" * 100 + b"\nc\n"
