"""What a container's programs call is told as it grows, and a last time as the container goes."""

from pratique.formats.kernel_events import layout
from pratique.sensors._calls_seen import CallsSeen
from tests.sensors.test_filters import Table


class Bitmaps(Table):
    """The kernel's bitmaps, in memory."""

    def get(self, key: bytes) -> bytes | None:
        """Return an entry."""
        return self.entries.get(key)

    def call(self, group: int, *numbers: int, v1: bool = False) -> None:
        """Note calls of a group."""
        key = layout.GROUP.pack(group, int(v1), 0)
        bits = int.from_bytes(self.entries.get(key, b""), "little")
        for number in numbers:
            bits |= 1 << number
        self.entries[key] = bits.to_bytes(layout.CALLS_USED.size, "little")


def numbers(told: object) -> list[tuple[int, bool, tuple[int, ...]]]:
    """Return what was told, short."""
    return [(one.group, one.v1, one.seen.numbers) for one in told]  # type: ignore[attr-defined]


def test_a_group_is_told_when_it_calls_something_new() -> None:
    """And not again while nothing is new."""
    table = Bitmaps()
    calls = CallsSeen(table)  # type: ignore[arg-type]
    table.call(7, 0, 59)
    table.call(7, 511, v1=True)

    assert numbers(calls.changed()) == [(7, False, (0, 59)), (7, True, (511,))]
    assert numbers(calls.changed()) == []
    table.call(7, 1)
    assert numbers(calls.changed()) == [(7, False, (0, 1, 59))]


def test_a_group_that_goes_is_told_and_forgotten() -> None:
    """What it called since it was told last is not lost; its number may come again."""
    table = Bitmaps()
    calls = CallsSeen(table)  # type: ignore[arg-type]
    table.call(7, 0)
    assert len(numbers(calls.changed())) == 1
    table.call(7, 2)

    assert numbers(calls.gone(7, v1=False)) == [(7, False, (0, 2))]
    assert numbers(calls.gone(7, v1=False)) == []
    assert not table.entries
    table.call(7, 0)
    assert numbers(calls.changed()) == [(7, False, (0,))]


def test_a_group_that_was_told_whole_goes_silently() -> None:
    """Nothing is told twice."""
    table = Bitmaps()
    calls = CallsSeen(table)  # type: ignore[arg-type]
    table.call(7, 3)
    assert numbers(calls.all()) == [(7, False, (3,))]
    assert numbers(calls.gone(7, v1=False)) == []
