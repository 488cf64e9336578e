"""A ring is read as the kernel lays it out: whole records, in order, each once."""

import mmap
import os
import struct
from collections.abc import Iterator

import pytest

from pratique.sensors._ring import MappedRing

SIZE = 4096
BUSY, GIVEN_UP = 1 << 31, 1 << 30
PAGE = mmap.PAGESIZE
ALL = 1000


class Kernel:
    """The kernel's side of a ring, in a file: a page of ours, a page of its, the data twice."""

    def __init__(self) -> None:
        self.fd = os.memfd_create("ring")
        os.ftruncate(self.fd, 2 * PAGE + 2 * SIZE)
        self.position = 0

    def write(self, content: bytes, mark: int = 0) -> int:
        """Append a record; return where it begins."""
        began = self.position
        record = struct.pack("<II", len(content) | mark, 0) + content
        at = began % SIZE
        for place in (at - SIZE, at, at + SIZE):
            for offset, byte in enumerate(record):
                if 0 <= place + offset < 2 * SIZE:
                    os.pwrite(self.fd, bytes([byte]), 2 * PAGE + place + offset)
        self.position += (len(record) + 7) & ~7
        os.pwrite(self.fd, struct.pack("<Q", self.position), PAGE)
        return began

    def finish(self, began: int, content: bytes, mark: int = 0) -> None:
        """Say that a record that was being written is complete."""
        for place in (began % SIZE, began % SIZE + SIZE):
            os.pwrite(self.fd, struct.pack("<I", len(content) | mark), 2 * PAGE + place)

    def reader(self) -> int:
        """Return how far the reader says it has come."""
        return int(struct.unpack("<Q", os.pread(self.fd, 8, 0))[0])


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    """Return an empty ring."""
    made = Kernel()
    yield made
    os.close(made.fd)


def test_records_come_once_and_in_order(kernel: Kernel) -> None:
    """Around the end of the memory too; the place is given back."""
    ring = MappedRing(kernel.fd, SIZE)
    written, read = [], []
    for number in range(60):
        content = bytes([number]) * (100 + 7 * number % 201)
        kernel.write(content)
        written.append(content)
        if number % 3 == 2:
            read += ring.take(ALL)
    ring.close()

    assert kernel.position > SIZE
    assert read == written
    assert kernel.reader() == kernel.position


def test_what_is_being_written_waits_with_all_behind_it(kernel: Kernel) -> None:
    """A record is never handed out half."""
    ring = MappedRing(kernel.fd, SIZE)
    kernel.write(b"first")
    began = kernel.write(b"second", BUSY)
    kernel.write(b"third")
    before = ring.take(ALL)
    kernel.finish(began, b"second")
    after = ring.take(ALL)
    ring.close()

    assert (before, after) == ([b"first"], [b"second", b"third"])


def test_what_was_given_up_is_left_out(kernel: Kernel) -> None:
    """Its place is given back all the same."""
    ring = MappedRing(kernel.fd, SIZE)
    kernel.write(b"no", GIVEN_UP)
    kernel.write(b"yes")
    found = ring.take(ALL)
    ring.close()

    assert found == [b"yes"]
    assert kernel.reader() == kernel.position


def test_no_more_than_asked_for(kernel: Kernel) -> None:
    """The rest waits in the ring."""
    ring = MappedRing(kernel.fd, SIZE)
    for content in (b"1", b"2", b"3"):
        kernel.write(content)
    first, rest, none = ring.take(2), ring.take(2), ring.take(2)
    ring.close()

    assert (first, rest, none) == ([b"1", b"2"], [b"3"], [])
