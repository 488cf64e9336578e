"""Ended processes are given up in the order of their ends: by time, or as they take too much room."""

from pratique.model.event import Process
from pratique.workloads._slot import GRACE_NS, Ended, Slot


def test_they_are_given_up_when_their_time_is_over() -> None:
    """Not a moment before, the oldest end first."""
    ended, slots = Ended(), [_slot(pid, "sleep 1") for pid in (1, 2, 3)]
    for at, slot in enumerate(slots):
        ended.note(slot, at)
    assert [slot.ended_ns for slot in slots] == [0, 1, 2]
    assert list(ended.due(GRACE_NS - 1)) == []
    assert list(ended.due(GRACE_NS + 1)) == slots[:2]
    assert list(ended.all()) == slots[2:]


def test_long_command_lines_take_no_more_room_than_there_is() -> None:
    """Whoever starts many programs with long arguments makes the oldest ones go early."""
    ended = Ended(most_chars=1_000)
    slots = [_slot(pid, "x" * 200) for pid in range(5)]
    for slot in slots:
        ended.note(slot, 0)
    assert list(ended.due(1)) == slots[:3]
    assert list(ended.due(1)) == []


def _slot(pid: int, command_line: str) -> Slot:
    return Slot(Process(pid, "x", command_line=command_line), 1, inside=False)
