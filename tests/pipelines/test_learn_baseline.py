"""Recordings teach baselines, and show what profiles would refuse."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.baseline import Listening
from pratique.model.errors import FormatError, TargetError, UsageError
from pratique.pipelines.learn_baseline import (
    learn_from,
    profile_units,
    try_profiles,
    write_profiles,
)
from tests.makers.happenings import DIGEST, WEB
from tests.makers.recordings import ATTACK, HONEST, record


def test_a_recording_teaches_what_its_containers_do(tmp_path: Path) -> None:
    (one,) = learn_from([record(tmp_path / "r", HONEST)]).baselines
    assert (one.workload, one.digest) == ("web", DIGEST)
    assert {two.path for two in one.processes} == {"/usr/sbin/nginx"}
    assert one.writes == ("/run/nginx.pid",)
    assert one.listens == (Listening(80),)
    assert one.syscalls_whole


def test_several_recordings_of_one_workload_are_one_baseline(tmp_path: Path) -> None:
    other = replace(WEB, id="another")
    learnt = learn_from([record(tmp_path / "a", HONEST), record(tmp_path / "b", HONEST, other)])
    (one,) = learnt.baselines
    assert len(one.runs) == 2
    assert learnt.notes == ()
    assert learn_from([tmp_path / "a"], "something-else").baselines == ()


def test_what_is_missing_in_a_recording_is_said(tmp_path: Path) -> None:
    cut = learn_from([record(tmp_path / "a", HONEST, ended=False)])
    bare = learn_from([record(tmp_path / "b", HONEST, redacted=True)])
    assert "never finished" in cut.notes[0]
    assert "arguments were taken out" in bare.notes[0]


def test_an_attack_would_have_been_refused(tmp_path: Path) -> None:
    honest, attack = record(tmp_path / "a", HONEST), record(tmp_path / "b", ATTACK)
    (one,) = learn_from([honest]).baselines
    units = profile_units()
    reasons = {two.profile: two.reason for two in try_profiles(one, units, [attack]).refusals}

    assert try_profiles(one, units, [honest]).refusals == ()
    assert set(reasons) == {
        *("apparmor", "mounts", "network-policy", "run-flags", "seccomp", "security-context"),
    }
    assert reasons["seccomp"] == "the system call ptrace is not in the profile"
    assert len(list(write_profiles(one, units))) == len(units)


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        learn_from([tmp_path / "nothing"])
    (tmp_path / "x").write_bytes(b"hello")
    with pytest.raises(FormatError):
        learn_from([tmp_path / "x"])
    with pytest.raises(UsageError, match="no kind of profile 'selinux'"):
        profile_units(["selinux"])
