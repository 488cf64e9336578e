"""The profile names what was used, and what a runtime needs, each with its reason."""

import json

import pytest
from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.seccomp import _RUNTIME, refuses, write
from pratique.formats.syscall_names import known_calls
from pratique.model.errors import UsageError
from tests.makers.baselines import WEB_BASELINE


def test_the_form_is_that_of_engines() -> None:
    profile = json.loads(write(WEB_BASELINE).text)
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert all(one["action"] == "SCMP_ACT_ALLOW" and one["comment"] for one in profile["syscalls"])
    names = [name for one in profile["syscalls"] for name in one["names"]]
    assert len(names) == len(set(names))
    assert {"accept4", "execve", "exit_group"} <= set(names)
    assert not {
        "ptrace",
        "mount",
        "bpf",
        "init_module",
        "userfaultfd",
        "unshare",
        "socketpair",
    } & set(names)


def test_what_a_runtime_needs_are_system_calls() -> None:
    known = known_calls("x86_64") | known_calls("aarch64")
    assert {name for names in _RUNTIME.values() for name in names} <= known


def test_half_a_list_makes_no_profile() -> None:
    with pytest.raises(UsageError, match="does not hold every system call"):
        write(replace(WEB_BASELINE, syscalls_whole=False))


def test_refusals() -> None:
    assert "ptrace" in refuses(WEB_BASELINE, Fact(Kind.SYSCALL, "ptrace"))
    assert not refuses(WEB_BASELINE, Fact(Kind.SYSCALL, "execve"))
    odd = write(replace(WEB_BASELINE, syscalls=("read", "syscall_999")))
    assert odd.notes[1:] == ("calls without a known name were left out: syscall_999",)
