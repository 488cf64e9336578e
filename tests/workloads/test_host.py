"""What cannot be read reads as nothing; a container's links never lead to the node."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pratique.kit.aside import Aside
from pratique.workloads.host import Host


@pytest.fixture
def host(tmp_path):
    """Return a node below a folder."""
    return Host(str(tmp_path), {})


def test_files(host, tmp_path):
    """Regular files within their bound are read, and nothing else."""
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    assert host.read("/a") == host.read("/a", 5) == b"12345"
    assert host.read("/a", 4) is None
    assert host.read("/none") is host.read("/folder") is host.read("/pipe") is None
    assert host.read("/a\0b") is None
    there = (tmp_path / "a").stat()
    assert host.mark("/a") == (there.st_ino, 5, there.st_mtime_ns)
    assert host.mark("/none") == (0, -1, 0)
    with host.opened("/a") as read:
        assert read(2, 2) == b"34"
    with host.opened("/none") as read:
        assert read is None


def test_folders(host, tmp_path):
    """Names are sorted; links to folders are no folders."""
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
    (tmp_path / "c").symlink_to("a")

    assert host.names("/") == ("a", "b", "c")
    assert host.folders("/") == ("a", "b")
    assert host.names("/none") == host.folders("/none") == ()
    assert (host.link("/c"), host.link("/a")) == ("a", "")
    assert host.inode("/a") == (tmp_path / "a").stat().st_ino
    assert host.inode("/none") == 0


def test_databases(host, tmp_path):
    """Rows are read; what is no database has none, and none is made."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as database, database:
        database.execute("CREATE TABLE t (a, b)")
        database.execute("INSERT INTO t VALUES ('1', '2')")
    (tmp_path / "b.db").write_bytes(b"no database" * 100)

    assert host.query("/a.db", "SELECT b FROM t WHERE a = ?", ("1",)) == [("2",)]
    assert host.query("/a.db", "SELECT b FROM none WHERE a = ?", ("1",)) == []
    assert host.query("/b.db", "SELECT name FROM sqlite_master WHERE name = ?", ("t",)) == []
    assert host.query("/c.db", "SELECT name FROM sqlite_master WHERE name = ?", ("t",)) == []
    assert not (tmp_path / "c.db").exists()


def test_inside_a_root(host, tmp_path):
    """An absolute link and one with dots end inside the container's root, or nowhere."""
    root = tmp_path / "container"
    (root / "etc").mkdir(parents=True)
    (tmp_path / "secret").write_text("the node's")
    (root / "etc/passwd").write_text("the container's")
    (root / "up").symlink_to("../../../secret")
    (root / "absolute").symlink_to(str(tmp_path / "secret"))
    (root / "own").symlink_to("/etc/passwd")
    (tmp_path / "proc/7").mkdir(parents=True)
    (tmp_path / "proc/7/root").symlink_to(root)

    assert host.inside(7, "/etc/passwd", 100) == b"the container's"
    assert host.inside(7, "/own", 100) == b"the container's"
    assert host.inside(7, "/up", 100) is None
    assert host.inside(7, "/absolute", 100) is None
    assert host.inside(7, "/etc/passwd", 3) is None
    assert host.inside(8, "/etc/passwd", 100) is None


def test_a_group_by_its_id():
    """Where the kernel allows it, an id leads to its folder; a wrong one to nothing."""
    mount = "/sys/fs/cgroup/unified"
    if not Path(mount).is_dir():
        mount = "/sys/fs/cgroup"
    host = Host("/", {})
    found = host.group_path(mount, Path(mount).stat().st_ino)

    assert found in ("/", "")  # nothing without the right to open by handle
    assert host.group_path(mount, 1 << 60) == ""
    assert host.group_path("/none", 1) == ""


def test_nothing_but_files_is_opened_inside(host, tmp_path):
    """Whoever waits for a pipe's other end sees that nobody came; a device would have been begun to use."""
    (tmp_path / "container").mkdir()
    os.mkfifo(tmp_path / "container/pipe")
    (tmp_path / "proc/7").mkdir(parents=True)
    (tmp_path / "proc/7/root").symlink_to(tmp_path / "container")
    met = []

    def wait():
        with (tmp_path / "container/pipe").open("wb"):
            met.append("somebody")

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    found = [host.inside(7, "/pipe", 100) for _ in range(50)]

    assert set(found) == {None}
    assert met == []
    (tmp_path / "container/pipe").open("rb").close()
    waiting.join(30)
    assert met == ["somebody"]


def test_a_folder_as_a_root(host, tmp_path):
    """Its links lead nowhere outside, and the node's own root is none, whatever it is called."""
    (tmp_path / "merged").mkdir()
    (tmp_path / "merged/a").write_text("inside")
    (tmp_path / "a").write_text("outside")
    (tmp_path / "merged/up").symlink_to("../../a")
    (tmp_path / "again").symlink_to(".")

    assert host.below("/merged", "/a", 9) == host.below("/merged", "/up", 9) == b"inside"
    assert host.below("/", "/a", 9) is host.below("/again", "/a", 9) is None
    assert host.below("/none", "/a", 9) is None


def test_what_got_no_answer_is_counted(tmp_path):
    """Of what a container answers itself; the node's own files are read here."""
    (tmp_path / "a").write_text("own")
    host = Host(str(tmp_path), {}, Aside(most=0))

    assert host.read("/a") == b"own"
    assert host.given_up == 0
    assert (
        host.inside(7, "/a", 9) is host.below("/", "/a", 9) is host.read("/proc/7/cmdline") is None
    )
    assert host.given_up == 3


def test_a_root_of_its_own(host, tmp_path):
    """A process that is gone, or about which nobody answers, is not held to have one."""
    for pid, root in ((1, "first"), (7, "container"), (8, "first"), (9, ".")):
        (tmp_path / root).mkdir(exist_ok=True)
        (tmp_path / f"proc/{pid}").mkdir(parents=True)
        (tmp_path / f"proc/{pid}/root").symlink_to(tmp_path / root)

    assert [host.at_home(pid) for pid in (7, 8, 9, 99)] == [False, True, True, True]
    assert Host(str(tmp_path), {}, Aside(most=0)).at_home(7)


@pytest.mark.parametrize(
    ("root", "mounts", "first", "asked"),
    [
        ("/", "mnt:[1]", "mnt:[1]", 0),
        ("/", "mnt:[2]", "mnt:[1]", 1),
        ("/jail", "mnt:[1]", "mnt:[1]", 1),
        ("/", "", "mnt:[1]", 1),
        ("/", "", "", 1),
    ],
)
def test_the_node_s_root_is_known_by_links(tmp_path, root, mounts, first, asked):
    """No file system is asked then; of a node in a folder, this process's own mounts decide nothing."""
    for pid, links in (
        ("1", {"ns/mnt": first}),
        ("7", {"ns/mnt": mounts, "root": root}),
        ("self", {"ns/mnt": "mnt:[2]"}),
    ):
        (tmp_path / "proc" / pid / "ns").mkdir(parents=True)
        for name, held in links.items():
            if held:
                (tmp_path / "proc" / pid / name).symlink_to(held)
    host = Host(str(tmp_path), {}, Aside(most=0))

    assert host.at_home(7)
    assert host.given_up == asked


def test_who_sees_this_process_s_own_files_is_at_home():
    """The first process may not be looked at where it has more rights."""
    host = Host("/", {}, Aside(most=0))
    assert host.at_home(os.getpid())
    assert host.given_up == 0


def test_whoever_never_answers_is_one_container(tmp_path):
    """Its processes count together, by whatever they are asked; those of another do not."""

    class Noting(Aside):
        def run(self, do, otherwise, whose=None):
            asked.append(whose)
            return super().run(do, otherwise, whose)

    asked = []
    for pid, group in ((7, "0::/a\n"), (8, "0::/a\n"), (9, "0::/b\n")):
        (tmp_path / f"proc/{pid}").mkdir(parents=True)
        (tmp_path / f"proc/{pid}/cgroup").write_text(group)
    host = Host(str(tmp_path), {}, Noting())
    host.inside(7, "/a", 9)
    host.at_home(8)
    host.read("/proc/7/cmdline")
    host.inside(9, "/a", 9)
    host.below("/merged", "/a", 9)

    assert asked == [b"0::/a\n", b"0::/a\n", b"0::/a\n", b"0::/b\n", "/merged"]
