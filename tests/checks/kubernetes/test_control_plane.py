"""The flags of the control plane are read as its programs read them."""

import pytest

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    flags_of,
    must_be,
    must_hold,
    must_lack,
    must_not_stand,
    must_reach,
    must_stand,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import scene_of, workload


def read(sample: str) -> tuple[str, dict[str, str]]:
    """Return the program and the flags of the only container."""
    program, found = flags_of(scene_of(sample).containers[0])
    return program, {name: one.value for name, one in found.items()}


@pytest.mark.parametrize(
    ("container", "program", "flags"),
    [
        ({"command": ["kube-apiserver", "--a=b"]}, "kube-apiserver", {"a": "b"}),
        (
            {"command": ["/usr/bin/etcd"], "args": ["--a", "b", "--c"]},
            "etcd",
            {"a": "b", "c": "true"},
        ),
        ({"args": ["kube-scheduler", "-v=2"]}, "kube-scheduler", {"v": "2"}),
        ({"command": ["etcd", "--a=1", "--a=2"]}, "etcd", {"a": "2"}),
        ({"command": ["etcd", "--a", "--b=c=d"]}, "etcd", {"a": "true", "b": "c=d"}),
        ({"command": ["sh", "-c", "etcd --a"]}, "sh", {"c": "etcd --a"}),
        ({}, "", {}),
    ],
)
def test_flags(container: dict[str, object], program: str, flags: dict[str, str]):
    """With an equals sign or without, in both lists, the last one counts."""
    assert read(workload(container)) == (program, flags)


@pytest.mark.parametrize(
    ("wrong", "value", "note"),
    [
        (must_be("false", default="true"), None, "is not given, which means true"),
        (must_be("false", default="true"), "False", ""),
        (must_be("false", default="true"), "true", "is true"),
        (must_stand, None, "is not given"),
        (must_stand, "", "is not given"),
        (must_stand, "x", ""),
        (must_not_stand, "x", "is given"),
        (must_not_stand, None, ""),
        (must_hold("Node"), "RBAC, Node", ""),
        (must_hold("Node"), "RBAC", "lacks Node"),
        (must_hold("Node"), None, "is not given, so it lacks Node"),
        (must_lack("X"), "Y,X", "holds X"),
        (must_lack("X"), None, ""),
        (must_reach(30), "30", ""),
        (must_reach(30), "7", "is 7"),
        (must_reach(30), None, "is not given"),
        (must_reach(30), "0x40", ""),
    ],
)
def test_what_is_wrong(wrong, value: str | None, note: str):
    """Said in words that follow the flag; what is no number is not told."""
    assert wrong(value) == note


def test_a_fault_stands_at_the_flag():
    """At the command, where it is missing."""
    flag = Flag(program=API_SERVER, name="a", wrong=must_be("1", default="0"))
    given, missing = running(API_SERVER, "--b", "--a=2"), running(API_SERVER, "--b")

    (there,) = wrong_flags(scene_of(given), flag)
    (absent,) = wrong_flags(scene_of(missing), flag)
    assert given.encode()[there.start : there.end] == b'"--a=2"'
    assert "--a is not given, which means 0" in absent.note


def test_a_file_of_settings_speaks_for_the_flag():
    """Nothing is told of what nobody looked at."""
    flag = Flag(program=API_SERVER, name="a", wrong=must_stand, unless=("config",))

    assert not list(wrong_flags(scene_of(running(API_SERVER, "--config=x")), flag))
    assert not list(wrong_flags(scene_of(running("etcd")), flag))
