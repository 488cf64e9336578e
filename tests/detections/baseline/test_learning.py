"""What was learnt never alarms, and learning stays within its bounds."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.baseline.facts import facts
from pratique.detections.baseline.knowing import Known
from pratique.detections.baseline.learning import Learner
from pratique.model.observation import Act, Opened, SyscallsSeen
from tests.makers.happenings import WEB, acts, event, executed


@given(st.lists(st.tuples(st.sampled_from(["execve", "connect", "openat", "dns"]), acts)))
def test_what_was_learnt_is_inside(seen: list[tuple[str, Act]]) -> None:
    learner = Learner(WEB)
    events = [event(kind, act) for kind, act in seen]
    for one in events:
        learner.see(one)
    known = Known(learner.baseline())

    assert all(known.outside(fact) is None for one in events for fact in facts(one))


def test_names_that_never_repeat_settle() -> None:
    """A workload that writes a new file each time is learnt once its folder stands for all."""
    learner = Learner(WEB)
    new = 0
    for number in range(2000):
        name = "".join(chr(97 + int(digit)) for digit in str(number))
        new += learner.see(event("openat", Opened(f"/data/{name}", flags=1), at_s=number))
    (run,) = learner.baseline().runs

    assert new < 50
    assert run.last_ns - run.newest_ns > 1900 * 10**9
    assert learner.baseline().writes == ("/data/**",)


def test_what_overflows_is_named_and_judged_no_more() -> None:
    learner = Learner(WEB)
    for number in range(6000):
        name = "".join(chr(97 + int(digit)) for digit in f"{number:04}")
        learner.see(event("openat", Opened(f"/etc/{name}", flags=1)))
    baseline = learner.baseline()

    assert baseline.full == ("writes",)
    outside = (Known(baseline).outside(one) for one in facts(event("x", Opened("/z", 1))))
    assert not any(outside)


def test_runs_are_counted() -> None:
    learner = Learner(WEB)
    assert learner.see(executed("/bin/a", at_s=1))
    assert not learner.see(executed("/bin/a", at_s=9))
    (run,) = learner.baseline().runs

    assert (run.events, run.last_ns - run.first_ns) == (2, 8 * 10**9)
    assert not learner.baseline().syscalls_whole
    learner.see(event("syscalls", SyscallsSeen((0,))))
    assert learner.baseline().syscalls_whole
