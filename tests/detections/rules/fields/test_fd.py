"""``fd.*`` says which file or socket an event is about."""

import os

import pytest

from pratique.model.observation import (
    Act,
    Duplicated,
    Executed,
    Mapped,
    ModuleLoaded,
    Opened,
    PathChanged,
    SocketUsed,
)
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import event

FILE = Opened("/etc/ssh/key", 0, 3, given="../key", inode=9, device=(8 << 20) | 1, upper_layer=True)
NAMES = ("fd.name", "fd.directory", "fd.filename")


def test_an_opened_file() -> None:
    """Its path and the parts of it, as resolved and as passed."""
    seen = event("openat", FILE, result=3)

    assert read(seen, *NAMES, "fd.nameraw") == ["/etc/ssh/key", "/etc/ssh", "key", "../key"]
    assert read(seen, "fd.num", "fd.type", "fd.typechar") == [3, "file", "f"]
    assert read(seen, "fd.ino", "fd.dev.major", "fd.dev.minor") == [9, 8, 1]
    assert read(seen, "fd.is_upper_layer", "fd.sip") == [True, None]


def test_an_open_that_failed_has_the_name_that_was_asked_for() -> None:
    """Of what kind the file is nobody knows; rules ask for the letter f, as Falco has it."""
    seen = event("openat", Opened("/etc/shadow", given="../etc/shadow"), result=-13)

    assert read(seen, *NAMES) == ["/etc/shadow", "/etc", "shadow"]
    assert read(seen, "fd.nameraw", "fd.num") == ["../etc/shadow", -1]
    assert read(seen, "fd.type", "fd.typechar") == [None, "f"]
    assert read(event("openat", Opened(""), result=-14), *NAMES) == [None] * 3


def test_a_directory_is_told_from_a_file() -> None:
    """By how it was opened."""
    seen = event("openat", Opened("/etc", os.O_DIRECTORY, 3), result=3)

    assert read(seen, "fd.type", "fd.typechar", "fd.directory") == ["directory", "d", "/"]


@pytest.mark.parametrize(
    ("kind", "act", "name"),
    [
        ("dup2", Duplicated(3, 0, FILE), "/etc/ssh/key"),
        ("mmap_exec", Mapped("/lib/x.so"), "/lib/x.so"),
        ("finit_module", ModuleLoaded("x", "/tmp/x.ko"), "/tmp/x.ko"),
        ("fchmod", PathChanged("/bin/x"), "/bin/x"),
        ("chmod", PathChanged("/bin/x"), None),
        ("execve", Executed("/bin/x"), None),
        ("dup2", Duplicated(3, 0), None),
    ],
)
def test_other_acts_have_a_file_where_they_have_a_descriptor(
    kind: str, act: Act, name: str | None
) -> None:
    """Those that name a path have it in their arguments."""
    seen = event(kind, act)

    assert read(seen, *NAMES) == (
        [name, name.rpartition("/")[0], name.rpartition("/")[2]] if name else [None] * 3
    )


def test_a_copied_socket_is_a_socket() -> None:
    """What reverse shells do."""
    seen = event(
        "dup2", Duplicated(3, 0, SocketUsed(3, 2, 1, 6, "10.0.0.1", 50000, "192.0.2.9", 443))
    )

    assert read(seen, "fd.type", "fd.l4proto", "fd.num", "fd.rip") == [
        "ipv4",
        "tcp",
        3,
        "192.0.2.9",
    ]
    assert read(seen, "fd.filename") == [None]
