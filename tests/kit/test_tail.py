"""A log is followed from where it was, through its rotation, in bounded looks."""

import os

from hypothesis import given
from hypothesis import strategies as st

from pratique.kit.tail import Files, Mark, Tail


class Memory:
    """One file in memory."""

    def __init__(self) -> None:
        self.content, self.number, self.looks = b"", 1, 0

    def mark(self, path):
        self.looks += 1
        return Mark(self.number, len(self.content))

    def read_at(self, path, offset, size):
        return self.content[offset : offset + size]


@given(st.lists(st.binary(max_size=9)), st.integers(1, 4))
def test_nothing_is_lost_or_told_twice(parts, size):
    """However the content comes, lines and records are those of the whole."""
    files = Memory()
    lines, records = Tail(files, "x"), Tail(files, "x")
    found: tuple[list[bytes], list[bytes]] = ([], [])
    for part in parts:
        files.content += part
        found[0].extend(lines.lines(1 << 20))
        found[1].extend(records.records(size))

    whole = files.content
    assert found[0] == whole.split(b"\n")[:-1]
    assert found[1] == [whole[at : at + size] for at in range(0, len(whole) - size + 1, size)]


def test_rotation():
    """A new or shorter file begins anew; half a line of the old one is forgotten."""
    files = Memory()
    files.content = b"before\n"
    tail = Tail(files, "x")
    assert tail.lines(99) == []
    files.content += b"half"
    assert tail.lines(99) == []
    files.content, files.number = b"a\nb\n", 2
    assert tail.lines(99) == [b"a", b"b"]
    files.content = b"c\n"
    assert tail.lines(99) == [b"c"]
    assert Tail(files, "x", from_start=True).lines(99) == [b"c"]


def test_a_look_asks_once():
    """Number and size are of one moment: a log that is rotated between two questions has neither."""
    files = Memory()
    tail = Tail(files, "x")
    files.content = b"a\n"
    assert (tail.lines(9), tail.lines(9)) == ([b"a"], [])
    assert files.looks == 3


def test_long_lines():
    """A line over the bound is passed over, complete or not."""
    files = Memory()
    tail = Tail(files, "x")
    files.content = b"x" * 20 + b"\nok\n" + b"y" * 20
    assert tail.lines(10) == [b"ok"]


def test_files(tmp_path):
    """What is no regular file reads as nothing."""
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    files = Files(str(tmp_path))

    assert files.read_at("/a", 1, 2) == b"23"
    assert files.read_at("/pipe", 0, 2) == files.read_at("/none", 0, 2) == b""
    assert files.read_at("/folder", 0, 2) == b""
    there = (tmp_path / "a").stat()
    assert files.mark("/a") == (there.st_ino, 5, there.st_mtime_ns)
    assert files.mark("/none") == files.mark("/a\0b") == (0, -1, 0)
    assert files.names("/") == ("a", "folder", "pipe")
    assert files.names("/none") == ()


def test_a_file_of_proc_is_read_whole():
    """The kernel gives a page at a time; ``/proc/modules`` of a usual node has two or more."""
    whole = Files().read_at("/proc/self/smaps", 0, 1 << 22)

    assert whole.count(b"VmFlags:") == whole.count(b"KernelPageSize:") > 40
    assert len(Files().read_at("/proc/self/smaps", 0, 10_000)) == 10_000
