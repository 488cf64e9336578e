"""
Read which system calls the programs of each container have used, from the kernel's bitmaps.

A group is told when it has used a call that it was not told for, and once more as it goes. What the
runtime does to make the container, inside its group, is not counted by the kernel; nor are calls of
32-bit programs, and those that never end (``exit``, ``exit_group``, ``rt_sigreturn``).
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.kernel_events import layout
from pratique.model.observation import SyscallsSeen
from pratique.sensors._libbpf import Map

_CALLS = 8 * layout.CALLS_USED.size


class Used(Struct, frozen=True):
    """What one control group has used; ``v1``: its id is of the v1 hierarchy of the pids controller."""

    group: int
    v1: bool
    seen: SyscallsSeen


class CallsSeen:
    """The bitmaps, and what of them was told."""

    def __init__(self, table: Map) -> None:
        self._table = table
        self._told: dict[bytes, bytes] = {}

    def all(self) -> Iterator[Used]:
        """Yield what every group has used."""
        for key in list(self._table.keys()):
            value = self._table.get(key)
            if value is not None:
                self._told[key] = value
                yield _used(key, value)

    def changed(self) -> Iterator[Used]:
        """Yield what those groups have used that used something new since they were told."""
        for key in list(self._table.keys()):
            value = self._table.get(key)
            if value is not None and self._told.get(key) != value:
                self._told[key] = value
                yield _used(key, value)

    def gone(self, group: int, *, v1: bool) -> Iterator[Used]:
        """Yield what a group that is gone has used, if that is new, and forget it."""
        key = layout.GROUP.pack(group, int(v1), 0)
        value = self._table.get(key)
        told = self._told.pop(key, None)
        if value is not None:
            self._table.drop(key)
            if value != told:
                yield _used(key, value)


def _used(key: bytes, value: bytes) -> Used:
    """
    Return what a bitmap says.

    >>> _used(layout.GROUP.pack(7, 1, 0), (0b101).to_bytes(64, "little"))
    Used(group=7, v1=True, seen=SyscallsSeen(numbers=(0, 2)))
    """
    group, v1, _ = layout.GROUP.unpack(key)
    bits = int.from_bytes(value, "little")
    return Used(group, bool(v1), SyscallsSeen(tuple(n for n in range(_CALLS) if bits >> n & 1)))
