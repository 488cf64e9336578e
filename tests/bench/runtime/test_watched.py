"""What a watch saw is reconciled with the numbers that the kernel gave it."""

from bench.runtime.watched import OWN_STREAM, Reconciler
from pratique.model.event import Event, Process
from pratique.model.observation import Observation, Opened, SocketUsed


def test_gaps_are_counted_in_each_stream_whatever_the_order() -> None:
    """A number that never came is missing; the sensor's own words have no numbers of the kernel."""
    counted = Reconciler("/load/")
    for sequence, stream in ((7, 0), (9, 0), (8, 0), (12, 0), (1, 1), (2, 1), (5, OWN_STREAM)):
        counted.take(_event(sequence, stream))

    assert counted.missing() == 2


def test_acts_of_the_load_are_told_from_others() -> None:
    """Opens below its folder, connections to loopback, each with what it stands for."""
    counted = Reconciler("/load/")
    counted.take(_event(1, 0, path="/load/1"))
    counted.take(_event(2, 0, path="/etc/passwd"))
    connected = Observation("connect", SocketUsed(remote_address="127.0.0.1"), 1, 2, count=3)
    counted.take(Event(connected, Process(2, "load")))

    assert (counted.opens, counted.connects) == (1, 3)
    counted.forget()
    assert (counted.opens, counted.missing()) == (0, 0)


def _event(sequence: int, stream: int, path: str = "/load/0") -> Event:
    seen = Observation("openat", Opened(path), 1, 2, sequence=sequence, stream=stream)
    return Event(seen, Process(2, "load"))
