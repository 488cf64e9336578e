"""The first of equal acts is found again for its count, and no more records are kept than can be repeated."""

from collections.abc import Sequence

from pratique.formats.kernel_events import layout
from pratique.sensors._repeats import Repeats


def block(*counted: tuple[int, int]) -> Sequence[bytes]:
    """Return what the kernel's table holds: for each number of sequence, how often it was repeated."""
    return [b"".join(layout.REPEATS.pack(number, 900 + number, 3, n) for number, n in counted)]


def test_the_record_of_repeats_is_found() -> None:
    """With the last time and the number; an act that was not repeated is not asked for."""
    repeats = Repeats()
    for number in (1, 2, 3):
        repeats.see(number, 3, 10, b"record %d" % number)

    assert repeats.emptied(block((1, 5), (2, 0), (3, 1)), 20) == (
        [(b"record 1", 901, 5), (b"record 3", 903, 1)],
        0,
    )


def test_a_record_may_come_after_its_count() -> None:
    """It may still lie in its ring; after some seconds its repeats are given up, as one sum."""
    repeats = Repeats()
    assert repeats.emptied(block((1, 5), (2, 7), (3, 1)), 20) == ([], 0)
    repeats.see(1, 3, 10, b"late")
    assert repeats.emptied([], 30) == ([(b"late", 901, 5)], 0)
    assert repeats.emptied([], 40) == ([], 0)
    assert repeats.emptied([], 50) == ([], 8)
    assert repeats.emptied([], 60) == ([], 0)


def test_only_the_first_of_a_second_have_a_place_in_the_table() -> None:
    """Which second a record belongs to is told by its time, however late it is read."""
    repeats = Repeats(most=2)
    for number in (1, 2, 3):
        repeats.see(number, 3, 10 + number, b"%d" % number)
    assert repeats.emptied(block((1, 1), (2, 1)), 20)[0] == [(b"1", 901, 1), (b"2", 902, 1)]
    assert repeats.emptied([], 30) == ([], 0)

    for number, time_ns in ((4, 19), (5, 20), (6, 29), (7, 29), (8, 30), (9, 31), (10, 31)):
        repeats.see(number, 3, time_ns, b"%d" % number)
    found, _ = repeats.emptied(block(*((number, 1) for number in range(4, 11))), 40)
    assert [first for first, _, _ in found] == [b"5", b"6", b"8", b"9"]
