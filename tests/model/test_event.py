"""Law: an event is its observation with a process, and belongs to the node unless it says so."""

from pratique.model.event import Event, Process
from pratique.model.observation import Exited, Observation


def test_an_event_without_workload_is_the_nodes_own() -> None:
    event = Event(Observation("procexit", Exited(0), 1, 2), Process(2, "sh"))
    assert event.workload is None
    assert event.process.known
