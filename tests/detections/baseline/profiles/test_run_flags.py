"""The flags are words that a shell takes as they are."""

import shlex

from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.run_flags import refuses, write
from tests.makers.baselines import WEB_BASELINE


def test_flags() -> None:
    flags = shlex.split(write(WEB_BASELINE).text)
    assert flags[0] == "--cap-drop=ALL"
    assert "--cap-add=NET_BIND_SERVICE" in flags
    assert "--read-only" in flags
    assert "--tmpfs=/run" in flags
    assert "--security-opt=seccomp=web.seccomp.json" in flags


def test_a_hostile_path_is_one_word() -> None:
    one = replace(WEB_BASELINE, writes=("/srv/a b; rm -rf $HOME/x",))
    assert len(shlex.split(write(one).text)) == len(write(one).text.splitlines())


def test_without_calls_and_with_a_written_root() -> None:
    one = replace(WEB_BASELINE, syscalls_whole=False, writes=("/x",))
    text = write(one).text
    assert "seccomp" not in text
    assert "--read-only" not in text
    assert refuses(WEB_BASELINE, Fact(Kind.SYSCALL, "ptrace"))
    assert not refuses(one, Fact(Kind.SYSCALL, "ptrace"))
