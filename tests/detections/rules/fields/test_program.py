"""What runs is known by its file, through loaders, links and programs of many names."""

import pytest

from pratique.detections.rules.fields.program import names_of_ancestors, program
from pratique.model.event import Ancestor, Process


@pytest.mark.parametrize(
    ("path", "executable", "arguments", "expected"),
    [
        ("/usr/bin/curl", "nginx", (), "curl"),
        ("/tmp/x (deleted)", "x", (), "x"),
        ("/lib/ld-musl-x86_64.so.1", "", ("--library-path", "/l", "/bin/nc", "-l"), "nc"),
        ("/lib64/ld-linux-x86-64.so.2", "", (), "ld-linux-x86-64.so.2"),
        ("/bin/busybox", "wget", ("-q",), "wget"),
        ("/bin/busybox", "-sh", (), "sh"),
        ("/bin/busybox", "/bin/busybox", ("cat", "x"), "cat"),
        ("/bin/busybox", "busybox", ("--help",), "busybox"),
        ("", "x", (), None),
    ],
)
def test_what_runs(path, executable, arguments, expected) -> None:
    """No name that the process was given is asked."""
    assert program(Process(1, "sshd", path, executable, arguments)) == expected


def test_ancestors_whose_names_were_chosen() -> None:
    """They are left out; nobody left is nothing said."""
    known = Ancestor(1, "dpkg"), Ancestor(2, "buildah", chosen_name=True)

    assert names_of_ancestors(Process(3, "sh", ancestors=known)) == ("dpkg",)
    assert names_of_ancestors(Process(3, "sh", ancestors=known[1:])) is None
