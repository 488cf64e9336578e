"""``fs.path.*`` says the path, whatever the call calls it."""

from pratique.model.observation import Mounted, Opened, PathChanged, SocketUsed
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import event

NAMES = ("fs.path.name", "fs.path.nameraw", "fs.path.source", "fs.path.target")


def test_a_rename_has_a_source_and_a_target() -> None:
    """As found, and as passed."""
    seen = event("rename", PathChanged("/a/b", "/a/c", given="b", new_given="c"))

    assert read(seen, *NAMES) == ["/a/b", "b", "/a/b", "/a/c"]
    assert read(seen, "fs.path.sourceraw") == ["b"]


def test_other_calls_have_a_path_alone() -> None:
    """And a socket has none."""
    assert read(event("openat", Opened("/x", given="x")), *NAMES) == ["/x", "x", None, None]
    assert read(event("mount", Mounted("s", "/mnt")), *NAMES) == ["/mnt", None, None, None]
    assert read(event("connect", SocketUsed()), *NAMES) == [None] * 4
    assert read(event("unlink", PathChanged("/x")), *NAMES) == ["/x", "/x", "/x", None]
