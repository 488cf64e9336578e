"""What was seen before the end was asked for is judged, or told as lost."""

import pytest

from pratique.model.event import Event, Process
from pratique.model.observation import Exited, Observation
from pratique.pipelines.watch_draining import PATIENCE_S, drain, not_read

ASKED_NS = 1_000


def batch(*times):
    """Return events of these times."""
    return [Event(Observation("procexit", Exited(0), one, 7), Process(7, "x")) for one in times]


@pytest.mark.parametrize(
    ("batches", "taken"),
    [
        ([], 0),
        ([batch(1, 2), batch(3)], 3),
        ([batch(900, 1001), batch(1002, 1003), batch(1004)], 4),
    ],
)
def test_until_what_comes_is_younger(batches, taken) -> None:
    """A batch that begins later has nothing older behind it; nothing waits behind an empty one."""
    waiting, judged = iter(batches), []
    done = drain(lambda: next(waiting, []), judged.extend, ASKED_NS, lambda: 0.0)

    assert done
    assert len(judged) == taken


def test_patience_ends() -> None:
    """A watch that cannot keep up ends nevertheless, and says so."""
    now = iter([0.0, 1.0, PATIENCE_S + 1])
    judged = []
    done = drain(lambda: batch(1), judged.extend, ASKED_NS, lambda: next(now))

    assert not done
    assert len(judged) == 2
    assert not_read("n", ASKED_NS).rule == "events-lost"
