"""The first of equal acts is found again for its count, and no more records are kept than can be repeated."""

from collections.abc import Sequence

from pratique.formats.kernel_events import layout
from pratique.sensors._repeats import Repeats


def block(*counted: tuple[int, int]) -> Sequence[bytes]:
    """Return what the kernel's table holds: for each number of sequence, how often it was repeated."""
    return [b"".join(layout.REPEATS.pack(number, 900 + number, 3, n) for number, n in counted)]


def record(text: str, flags: int = layout.Flag.FIRST) -> bytes:
    """Return what begins like a record, and tells its texts apart."""
    return bytes((0, 0, 0, flags)) + text.encode()


def test_the_record_of_repeats_is_found() -> None:
    """With the last time and the number; an act that was not repeated is not asked for."""
    repeats = Repeats()
    for number in (1, 2, 3):
        repeats.see(number, 3, 10, record(f"{number}"))

    assert repeats.emptied(block((1, 5), (2, 0), (3, 1)), 20) == (
        [(record("1"), 901, 5), (record("3"), 903, 1)],
        0,
    )


def test_each_stream_counts_by_itself() -> None:
    """The same number of sequence stands for another record in another stream, or for none."""
    repeats = Repeats()
    for stream in (2, 3):
        repeats.see(1, stream, 10, record(f"{stream}"))
    counted = b"".join(layout.REPEATS.pack(1, 900, stream, 1) for stream in (2, 3, 4))

    assert repeats.emptied([counted], 20) == ([(record("2"), 900, 1), (record("3"), 900, 1)], 0)


def test_a_record_may_come_after_its_count() -> None:
    """It may still lie in its ring; after some seconds its repeats are given up, as one sum."""
    repeats = Repeats()
    assert repeats.emptied(block((1, 5), (2, 7), (3, 1)), 20) == ([], 0)
    repeats.see(1, 3, 10, record("late"))
    assert repeats.emptied([], 30) == ([(record("late"), 901, 5)], 0)
    assert repeats.emptied([], 40) == ([], 0)
    assert repeats.emptied([], 50) == ([], 8)
    assert repeats.emptied([], 60) == ([], 0)
    assert repeats.lost == 8


def test_only_the_first_of_a_second_have_a_place_in_the_table() -> None:
    """Which second a record belongs to is told by its time, however late it is read."""
    repeats = Repeats(most=2)
    for number in (1, 2, 3):
        repeats.see(number, 3, 10 + number, record(f"{number}"))
    assert repeats.emptied(block((1, 1), (2, 1)), 20)[0] == [
        (record("1"), 901, 1),
        (record("2"), 902, 1),
    ]
    assert repeats.emptied([], 30) == ([], 0)

    for number, time_ns in ((4, 19), (5, 20), (6, 29), (7, 29), (8, 30), (9, 31), (10, 31)):
        repeats.see(number, 3, time_ns, record(f"{number}"))
    found, _ = repeats.emptied(block(*((number, 1) for number in range(4, 11))), 40)
    assert [first for first, _, _ in found] == [record(f"{number}") for number in (5, 6, 8, 9)]


def test_what_is_never_counted_takes_no_place() -> None:
    """Thousands of other acts of the same second do not push out those that are."""
    repeats = Repeats(most=2)
    for number in range(10, 20):
        repeats.see(number, 3, 10, record("removed", flags=layout.Flag.UPPER))
    repeats.see(1, 3, 11, record("opened", flags=layout.Flag.UPPER | layout.Flag.FIRST))

    assert repeats.emptied(block((1, 4)), 20) == (
        [(record("opened", layout.Flag.UPPER | layout.Flag.FIRST), 901, 4)],
        0,
    )
