"""Rings are read by a timer while records come, and by the kernel's word where none did for a while."""

from pratique.sensors._pace import ASLEEP_S, BUSY_S, MANY, QUIET_S, STILL, Pace

MOST = 2048


class Kernel:
    """What the kernel was asked for."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    def wake(self, at_once: bool) -> None:
        """Take note."""
        self.asked.append(at_once)


def paced(*taken: int) -> tuple[list[float], list[bool]]:
    """Return the pauses after readings of so many records, and what the kernel was asked for."""
    kernel = Kernel()
    pace = Pace(MOST, kernel.wake)
    return [pace.pause_s(one) for one in taken], kernel.asked


def test_the_more_comes_the_longer_it_gathers() -> None:
    """But what fills a batch is followed at once."""
    pauses, asked = paced(1, MANY - 1, MANY, MOST - 1, MOST)

    assert pauses == [QUIET_S, QUIET_S, BUSY_S, BUSY_S, 0]
    assert asked == []


def test_where_nothing_comes_the_kernel_is_asked_and_the_rings_are_read_once_more() -> None:
    """A record from before the question would wake nobody."""
    pauses, asked = paced(*[0] * (STILL + 3))

    assert pauses == [*[QUIET_S] * (STILL - 1), 0, ASLEEP_S, ASLEEP_S, ASLEEP_S]
    assert asked == [True]


def test_what_comes_ends_the_sleep_and_a_short_silence_begins_none() -> None:
    """Also where it came between the question and the reading after it."""
    still = [0] * STILL

    assert paced(*still, 1, *still[1:], 1)[1] == [True, False]
    assert paced(*still, 0, 0, MOST, *still, 7)[1] == [True, False, True, False]
    assert paced(*still, MOST)[0][-1] == 0
