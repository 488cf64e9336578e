"""What a profile would have refused is found by replaying."""

from pratique.detections.baseline.learning import Learner
from pratique.detections.baseline.verifying import verify
from pratique.model.observation import Opened, SocketUsed, SyscallsSeen
from tests.detections.baseline.profiles.test_units import UNITS
from tests.makers.happenings import WEB, event, executed

EVENTS = [
    executed("/usr/sbin/nginx"),
    event("openat", Opened("/run/nginx.pid", flags=1)),
    event("connect", SocketUsed(family=2, kind=1, remote_address="10.0.0.1", remote_port=80)),
    event("syscalls", SyscallsSeen((0, 59))),
]
NEW = [
    event("openat", Opened("/etc/passwd", flags=1)),
    event("syscalls", SyscallsSeen((101,))),
    event("syscalls", SyscallsSeen((101,))),
]


def test_what_was_learnt_is_never_refused() -> None:
    learner = Learner(WEB)
    for one in EVENTS:
        learner.see(one)
    found = verify(learner.baseline(), UNITS, EVENTS)
    assert found.acts > 3
    assert found.refusals == ()


def test_what_is_new_is_refused_with_its_reason_and_count() -> None:
    learner = Learner(WEB)
    for one in EVENTS:
        learner.see(one)
    found = verify(learner.baseline(), UNITS, [*EVENTS, *NEW])
    said = {(one.profile, one.reason): one.count for one in found.refusals}
    assert said["seccomp", "the system call ptrace is not in the profile"] == 2
    assert said["mounts", "/etc/passwd lies in the read-only root"] == 1


def test_other_workloads_do_not_count() -> None:
    found = verify(Learner(WEB).baseline(), UNITS, [event("x", Opened("/a", 1), workload=None)])
    assert found.acts == 0
