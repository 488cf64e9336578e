"""
Read a BPF ring buffer through shared memory, without native code.

The kernel writes records one behind the other and moves its position; the reader moves its own when
it has copied them. A record's head says its length and whether it is still being written (it and
all behind it wait) or was given up. Pages of the data are mapped twice in a row, so a record never
breaks at the end. On x86 loads are not reordered with each other; other machines need a barrier
between head and data, so there libbpf reads (``_libbpf.Consumer``).

Law: a position moves only over records that are copied; a batch is bounded by the number that is
asked for.

Source: Documentation/bpf/ringbuf.rst; ``include/uapi/linux/bpf.h`` (BPF_RINGBUF_*).
"""

import mmap
import platform
from typing import Protocol

from pratique.sensors._libbpf import Consumer

_BUSY = 1 << 31
_GIVEN_UP = 1 << 30
_LENGTH = _GIVEN_UP - 1
_HEAD_BYTES = 8


class Ring(Protocol):
    """One ring, read from one thread."""

    def take(self, most: int) -> list[bytes]:
        """Return the next complete records, at most so many, and give their place back."""

    def close(self) -> None:
        """Stop reading."""


class MappedRing:
    """A ring read by Python itself."""

    def __init__(self, fd: int, size: int) -> None:
        page = mmap.PAGESIZE
        self._page, self._mask = page, size - 1
        self._own = mmap.mmap(fd, page, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self._data = mmap.mmap(fd, page + 2 * size, mmap.MAP_SHARED, mmap.PROT_READ, offset=page)
        self._mine = memoryview(self._own).cast("Q")
        self._theirs = memoryview(self._data)[:8].cast("Q")
        self._heads = memoryview(self._data).cast("I")

    def take(self, most: int) -> list[bytes]:
        """Return the next complete records, at most so many, and give their place back."""
        position = self._mine[0]
        data, heads = self._data, self._heads
        # What waits is no longer than the ring, so it stands in a row in the doubled pages.
        began = at = self._page + (position & self._mask)
        end = began + self._theirs[0] - position
        records: list[bytes] = []
        while at < end and len(records) < most:
            head = heads[at >> 2]
            if head & _BUSY:
                break
            start = at + _HEAD_BYTES
            at = start + (head & _LENGTH)
            if not head & _GIVEN_UP:
                records.append(data[start:at])
            at = (at + 7) & ~7
        self._mine[0] = position + at - began
        return records

    def close(self) -> None:
        """Unmap the memory."""
        self._mine.release()
        self._theirs.release()
        self._heads.release()
        self._own.close()
        self._data.close()


class ConsumedRing:
    """A ring read by libbpf."""

    def __init__(self, fd: int) -> None:
        self._records: list[bytes] = []
        self._most = 0
        self._consumer = Consumer(fd, self._add)

    def take(self, most: int) -> list[bytes]:
        """Return the next complete records, at most so many (and at least one that waits)."""
        self._most = most
        self._consumer.consume()
        records, self._records[:] = self._records.copy(), []
        return records

    def close(self) -> None:
        """Give the ring back."""
        self._consumer.close()

    def _add(self, record: bytes) -> bool:
        self._records.append(record)
        return len(self._records) < self._most


def ring(fd: int, size: int, machine: str = platform.machine()) -> Ring:
    """
    Return the reader of a ring of ``size`` bytes.

    Args:
        fd: The ring.
        size: How many bytes of records it holds.
        machine: What ``uname -m`` says: only x86 keeps loads in order.
    """
    if machine in ("x86_64", "i686"):
        return MappedRing(fd, size)
    return ConsumedRing(fd)
