"""``evt.arg.NAME`` says what Falco says under that name."""

import os

import pytest

from pratique.detections.rules.fields.arguments import MAX_CHARS, argument, arguments, names_of
from pratique.model.observation import (
    Act,
    BpfUsed,
    Called,
    Executed,
    IdentityChanged,
    ModuleLoaded,
    Mounted,
    NamespaceEntered,
    Opened,
    PathChanged,
    ProcessTouched,
    SocketUsed,
)
from tests.makers.happenings import event


@pytest.mark.parametrize(
    ("kind", "act", "name", "said"),
    [
        ("openat", Opened("/x", os.O_WRONLY | os.O_TRUNC), "flags", "O_WRONLY|O_TRUNC"),
        ("openat", Opened("/x", given="x"), "filename", "x"),
        ("chmod", PathChanged("/x", mode=0o4755, given="x"), "mode", "S_ISUID|S_IRUSR|S_IWUSR|S_IXUSR|S_IRGRP|S_IXGRP|S_IROTH|S_IXOTH"),
        ("rename", PathChanged("/a", "/b"), "newpath", "/b"),
        ("rename", PathChanged("/a", "/b"), "oldpath", "/a"),
        ("symlink", PathChanged("/a", "/b", given="../a"), "target", "../a"),
        ("mount", Mounted("/dev/sda", "/mnt", "ext4", 1), "type", "ext4"),
        ("mount", Mounted("/dev/sda", "/mnt", "ext4", 1), "flags", "RDONLY"),
        ("connect", SocketUsed(3, 2, 1, 6, "10.0.0.1", 5, "10.0.0.2", 80), "tuple", "10.0.0.1:5->10.0.0.2:80"),
        ("connect", SocketUsed(3, 1, 1, path="/s"), "addr", "/s"),
        ("socket", SocketUsed(3, 10, 3), "domain", "AF_INET6"),
        ("setuid", IdentityChanged(uid=0), "uid", "0"),
        ("setuid", IdentityChanged(gid=0), "uid", "<NONE>"),
        ("unshare", NamespaceEntered(0x10000000), "flags", "CLONE_NEWUSER"),
        ("ptrace", ProcessTouched(7, 16), "request", "PTRACE_ATTACH"),
        ("kill", ProcessTouched(7, 9), "sig", "9"),
        ("bpf", BpfUsed(5), "cmd", "BPF_PROG_LOAD"),
        ("init_module", ModuleLoaded("rootkit"), "name", "rootkit"),
        ("execve", Executed("/bin/x", ("x", "-a", "b"), "./x", memfd=True), "args", "-a b"),
        ("execve", Executed("/bin/x", memfd=True, upper_layer=True), "flags", "EXE_UPPER_LAYER|EXE_FROM_MEMFD"),
        ("memfd_create", Called((3,), "name"), "flags", "3"),
    ],
)  # fmt: skip
def test_an_argument_is_said_as_falco_says_it(kind: str, act: Act, name: str, said: str) -> None:
    """Flags by name, paths as they are, numbers as numbers."""
    assert argument(event(kind, act), name) == said


def test_the_result_is_an_argument_too() -> None:
    """And the descriptor where the call failed."""
    assert argument(event("openat", Opened(""), result=-2), "res") == "ENOENT"
    assert argument(event("openat", Opened(""), result=-2), "fd") == "ENOENT"
    assert argument(event("openat", Opened("/x", fd=3), result=3), "nothing") is None


def test_all_arguments_are_one_bounded_line() -> None:
    """Each with its name."""
    line = arguments(event("mount", Mounted("tmpfs", "/mnt", "tmpfs")))

    assert line.startswith("res=0 ")
    assert " dev=tmpfs " in line
    assert len(arguments(event("openat", Opened("x" * 99_999)))) == MAX_CHARS


def test_the_names_of_an_act_are_known() -> None:
    """For the reference."""
    assert {"res", "fd", "dev", "dir"} <= names_of(Mounted)
    assert names_of(int) == {"res", "fd"}
