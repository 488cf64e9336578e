"""A process is known from /proc as it is now."""

from pratique.workloads.process_files import look_up, pids, started_ns
from tests.makers.node import Node

BOOT = 1_000_000_000_000


def test_a_process(tmp_path):
    """Everything but its ancestors."""
    node = Node(tmp_path)
    groups = "8:pids:/docker/x\n0::/\n"
    node.process(70, groups, parent=5, started=250, uid=1000, arguments=b"/bin/sh\0-c\0id\0")
    node.write("/proc/70/loginuid", "1000\n")
    for name, target in (("exe", "/usr/bin/dash (deleted)"), ("cwd", "/srv")):
        (tmp_path / f"proc/70/{name}").symlink_to(target)
    looked = look_up(node.host, 70, BOOT)

    assert looked is not None
    found = looked.process
    assert (looked.parent, looked.groups) == (5, {"pids": "/docker/x", "": "/"})
    assert (found.name, found.path, found.executable) == ("sh", "/usr/bin/dash", "/bin/sh")
    assert (found.arguments, found.command_line) == (("-c", "id"), "sh -c id")
    assert (found.uid, found.login_uid, found.virtual_pid) == (1000, 1000, 7)
    assert (found.directory, found.cap_effective) == ("/srv", 0xA80425FB)
    assert found.started_ns == BOOT + 2_500_000_000 == started_ns(node.host, 70, BOOT)


def test_a_process_that_is_gone(tmp_path):
    """There is nothing to say."""
    node = Node(tmp_path)
    assert look_up(node.host, 70, BOOT) is None
    assert started_ns(node.host, 70, BOOT) == 0


def test_which_there_are(tmp_path):
    """Only numbers are processes."""
    node = Node(tmp_path)
    node.process(70)
    node.write("/proc/self/stat", "")
    assert sorted(pids(node.host)) == [1, 70]
