"""A log is followed from where it was, in bounded looks; damaged lines are passed over."""

from pratique.formats.runtime.engine_events import MOST_LINE, read_podman
from pratique.workloads._tail import LogFollower
from tests.makers.node import Node

LINE = b'{"ID": "a1", "Status": "init", "Type": "container"}\n'


def test_a_log_that_appears_later(tmp_path):
    """What is not there yet is read from its beginning."""
    node = Node(tmp_path)
    follower = LogFollower(node.host, "/log", read_podman)
    assert follower.poll() == ()
    node.write("/log", b"damaged\n" + LINE * 2)
    assert len(follower.poll()) == 2
    assert follower.poll() == ()


def test_a_log_that_was_emptied(tmp_path):
    """A shorter log is a new one."""
    node = Node(tmp_path)
    node.write("/log", LINE * 5)
    follower = LogFollower(node.host, "/log", read_podman)
    place = node.write("/log", LINE)
    assert len(follower.poll()) == 1
    place.unlink()
    assert follower.poll() == ()
    follower.close()


def test_an_endless_line(tmp_path):
    """A line that never ends is dropped, and what comes behind it is read."""
    node = Node(tmp_path)
    place = node.write("/log", b"")
    follower = LogFollower(node.host, "/log", read_podman)
    with place.open("ab") as file:
        file.write(b"x" * (MOST_LINE + 10))
    assert follower.poll() == ()
    with place.open("ab") as file:
        file.write(b"\n" + LINE)
    assert len(follower.poll()) == 1
