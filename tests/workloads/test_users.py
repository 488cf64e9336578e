"""Users are named as their container names them."""

from pratique.model.workload import Workload
from pratique.workloads.users import FRESH_NS, MOST_FILES, RETRY_NS, Users
from tests.makers.node import Node


def container(node, pid, passwd):
    """Give a process a root folder with these accounts."""
    node.write(f"/roots/{pid}/etc/passwd", passwd)
    (node.root / f"proc/{pid}").mkdir(parents=True)
    (node.root / f"proc/{pid}/root").symlink_to(node.root / f"roots/{pid}")


def web(**more):
    """Return a container."""
    return Workload(id="a1", engine="podman", **more)


def test_names(tmp_path):
    """One uid is two users in two places; the first row of a uid counts."""
    node = Node(tmp_path)
    node.write("/etc/passwd", "ann:x:1000:1000::/:/bin/sh\n")
    container(node, 7, "app:x:1000:1000::/:/bin/sh\nagain:x:1000:1000::/:/bin/sh\n")
    users = Users(node.host)

    assert users.name(1000, 1, None, 0) == "ann"
    assert users.name(1000, 99, web(init_pid=7), 0) == "app"
    assert users.name(1001, 99, web(init_pid=7), 0) == ""
    assert Users(node.host).name(1000, 7, web(), 0) == "app"


def test_a_container_without_accounts_is_asked_ever_more_seldom(tmp_path):
    """It is read a few times, not at each event."""
    node = Node(tmp_path)
    (node.root / "proc/7").mkdir(parents=True)
    (node.root / "proc/7/root").symlink_to(tmp_path)
    users = Users(node.host)
    until = {users.named(0, 7, web(), at * RETRY_NS)[1] for at in range(20_000)}

    assert len(until) < 16


def test_a_process_of_an_unknown_container_names_nobody_else(tmp_path):
    """Neither the node's users nor those of another such process."""
    node = Node(tmp_path)
    node.write("/etc/passwd", "ann:x:1000:1000::/:/bin/sh\n")
    container(node, 7, "app:x:1000:1000::/:/bin/sh\n")
    users, unknown = Users(node.host), Workload(id="", engine="", complete=False)

    assert users.name(1000, 7, unknown, 0) == "app"
    assert users.name(1000, 1, None, 0) == "ann"
    assert users.name(1000, 8, unknown, 0) == ""


def test_a_container_that_is_being_made(tmp_path):
    """Its first processes are gone, or still see the node's files; soon it has accounts of its own."""
    node = Node(tmp_path)
    container(node, 6, "ann:x:1000:1000::/:/bin/sh\n")
    (node.root / "proc/1/root").symlink_to(node.root / "roots/6")
    container(node, 7, "app:x:1000:1000::/:/bin/sh\n")
    users = Users(node.host)

    assert users.name(1000, 5, web(), 0) == ""
    assert users.name(1000, 6, web(), RETRY_NS + 1) == ""
    assert users.name(1000, 7, web(init_pid=5), 3 * RETRY_NS + 2) == "app"


def test_a_first_process_that_nobody_may_look_at(tmp_path):
    """A container that is being made does not get the node's names for it."""
    node = Node(tmp_path)
    node.write("/etc/passwd", "ann:x:1000:1000::/:/bin/sh\n")
    (node.root / "proc/7").mkdir(parents=True)
    (node.root / "proc/7/root").symlink_to(tmp_path)
    assert not (node.root / "proc/1/root").exists()

    assert Users(node.host).name(1000, 7, web(), 0) == ""


def test_a_container_of_a_moment(tmp_path):
    """Nothing of it runs any more: its root, as the engine laid it out, names its users, not the node's."""
    node = Node(tmp_path)
    node.write("/etc/passwd", "ann:x:1000:1000::/:/bin/sh\n")
    node.write("/merged/etc/passwd", "app:x:1000:1000::/:/bin/sh\n")
    users = Users(node.host)

    assert users.name(1000, 5, web(merged="/merged"), 0) == "app"
    (tmp_path / "merged/etc/passwd").unlink()
    assert users.name(1000, 5, web(merged="/merged"), FRESH_NS) == "app"
    assert Users(node.host).name(1000, 5, web(merged="/"), 0) == ""


def test_accounts_of_the_running_container_come_before_those_laid_out(tmp_path):
    """What is mounted over the file counts, once the container is made."""
    node = Node(tmp_path)
    node.write("/merged/etc/passwd", "app:x:1000:1000::/:/bin/sh\n")
    users = Users(node.host)
    assert users.name(1000, 7, web(merged="/merged"), 0) == "app"
    container(node, 7, "own:x:1000:1000::/:/bin/sh\n")

    assert users.name(1000, 7, web(merged="/merged"), RETRY_NS + 1) == "own"


def test_freshness(tmp_path):
    """The file is read again after a while, and a container that went keeps its names."""
    node = Node(tmp_path)
    container(node, 7, "app:x:1000:1000::/:/bin/sh\n")
    users = Users(node.host)
    assert users.name(1000, 7, web(), 0) == "app"
    node.write("/roots/7/etc/passwd", "new:x:1000:1000::/:/bin/sh\n")
    assert users.name(1000, 7, web(), FRESH_NS) == "app"
    assert users.name(1000, 7, web(), FRESH_NS + 1) == "new"
    (tmp_path / "proc/7/root").unlink()
    assert users.name(1000, 7, web(), FRESH_NS * 3) == "new"


def test_a_replay(tmp_path):
    """Without a node only root has a name, and a hostile file has bounded ones."""
    assert (Users(None).name(0, 1, None, 0), Users(None).name(5, 1, web(), 0)) == ("root", "")
    node = Node(tmp_path)
    container(node, 7, "n" * 4000 + ":x:5:5::/:/bin/sh\n")
    assert len(Users(node.host).name(5, 7, web(), 0)) == 64


def test_bounds():
    """As many files are remembered as there is room for."""
    users = Users(None)
    for number in range(MOST_FILES + 5):
        users.name(0, 1, Workload(id=f"{number}", engine="x"), 0)
    assert len(users._known) == MOST_FILES
