"""What is not known yet is asked for soon, then ever more seldom, and is bounded."""

from itertools import pairwise

from pratique.kit import registry
from pratique.workloads.waiting import Awaited, Waiting

(PODMAN,) = [one for one in registry.load("workloads").values() if one.NAME == "podman"]
MS = 1_000_000


def group(path: str) -> Awaited:
    """Return a group that nobody claims."""
    return Awaited("", None, path, 0)


def test_the_pauses_grow_up_to_a_second() -> None:
    """Most is written within milliseconds, some of it never."""
    waiting, awaited, asked = Waiting(), group("/x"), []
    waiting.add(awaited)
    for now in range(0, 5_000 * MS, MS):
        for one in waiting.due(now):
            asked.append(now // MS)
            one.put_off(now)
    pauses = [after - before for before, after in pairwise(asked)]

    assert asked[0] == 0
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000]


def test_how_long_it_was_asked_for_begins_when_it_is_known_when() -> None:
    """What was met before any event had a time waits from its first turn."""
    early, late = group("/early"), Awaited("", None, "/late", 100 * MS)

    assert (early.put_off(200 * MS), early.put_off(300 * MS)) == (0, 100 * MS)
    assert late.put_off(200 * MS) == 100 * MS


def test_each_container_and_each_group_waits_once() -> None:
    """The first word stands, with its time."""
    waiting = Waiting()
    first = Awaited("web", PODMAN, "/a", 1)
    for one in (first, Awaited("web", PODMAN, "/b", 2), group("/a"), group("/a")):
        waiting.add(one)

    assert len(waiting) == 2
    assert waiting.due(0)[0] is first
    waiting.end(first)
    waiting.end(first)
    assert [one.path for one in waiting.due(0)] == ["/a"]


def test_the_oldest_goes_for_want_of_room_and_is_counted() -> None:
    """An attacker who makes groups fills no memory."""
    waiting = Waiting(most=10)
    for number in range(50):
        waiting.add(group(f"/{number}"))

    assert (len(waiting), waiting.evicted) == (10, 40)
    assert waiting.due(0)[0].path == "/40"
