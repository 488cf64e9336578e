"""Comparing folders tells births and deaths, each once."""

from pratique.workloads._folders import FolderFollower


def test_what_changed():
    """What was there at first is not told; deaths come before births."""
    there = ["b", "a"]
    follower = FolderFollower(lambda: there)
    assert follower.poll() == ()
    there[:] = ["b", "c", "d"]
    told = [(event.id, event.born) for event in follower.poll()]
    assert told == [("a", False), ("c", True), ("d", True)]
    assert follower.poll() == ()
    follower.close()
