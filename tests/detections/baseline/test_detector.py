"""Outside of a baseline alarms, inside is silent, learning is silent."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.baseline.detector import BaselineDetector
from pratique.detections.telling import field
from pratique.model.alert import Priority
from pratique.model.baseline import Mode
from pratique.model.observation import Act, Opened, SocketUsed
from tests.makers.baselines import WEB_BASELINE
from tests.makers.happenings import WEB, acts, event, executed

OUT = SocketUsed(family=2, kind=1, remote_address="203.0.113.9", remote_port=4444)


def test_inside_is_silent() -> None:
    detector = BaselineDetector([WEB_BASELINE])
    assert detector.see(executed("/usr/sbin/nginx", "-g", "9", parents=("/bin/sh",))) == ()
    assert detector.see(event("openat", Opened("/var/cache/nginx/7/x", flags=1))) == ()


def test_outside_says_how_far_and_how_sure() -> None:
    detector = BaselineDetector([WEB_BASELINE])
    (alert,) = detector.see(event("connect", OUT))
    assert alert.rule == "unusual-destination"
    assert alert.priority is Priority.WARNING
    assert "203.0.113.9:4444/tcp" in alert.output
    assert field(alert.fields, "pratique.baseline.distance") == "1.00"
    assert field(alert.fields, "pratique.baseline.confidence") == "high"
    assert (alert.remote_address, alert.remote_port) == ("203.0.113.9", 4444)
    assert "enforce" not in alert.tags


def test_what_is_near_or_little_learnt_is_less_urgent() -> None:
    unsure = BaselineDetector([replace(WEB_BASELINE, runs=())])
    sure = BaselineDetector([WEB_BASELINE])
    other = executed("/tmp/x", parents=("/usr/sbin/nginx",))
    near = executed("/usr/sbin/nginx", "-t", parents=("/bin/sh",))

    assert sure.see(other)[0].priority is Priority.ERROR
    assert unsure.see(other)[0].priority is Priority.WARNING
    assert sure.see(near)[0].priority is Priority.NOTICE


def test_enforcing_asks_for_a_response() -> None:
    (alert,) = BaselineDetector([replace(WEB_BASELINE, mode=Mode.ENFORCE)]).see(
        event("connect", OUT)
    )
    assert "enforce" in alert.tags


def test_learning_goes_on_where_it_stopped() -> None:
    before = replace(WEB_BASELINE, mode=Mode.LEARN)
    detector = BaselineDetector([before])
    assert detector.see(event("connect", OUT)) == ()
    (learnt,) = detector.learnt()

    assert {one.to for one in learnt.destinations} > {one.to for one in before.destinations}
    assert {run.id for run in learnt.runs} == {"a", "b", WEB.id}


def test_a_workload_without_a_baseline_is_named_or_learnt() -> None:
    silent = BaselineDetector()
    assert silent.see(event("connect", OUT)) == ()
    assert silent.unjudged() == ((WEB.digest, "web"),)
    assert silent.learnt() == ()

    learning = BaselineDetector(learns=lambda _: True)
    learning.see(event("connect", OUT))
    assert learning.unjudged() == ()
    assert len(learning.learnt()) == 1


def test_another_image_is_another_workload() -> None:
    detector = BaselineDetector([WEB_BASELINE])
    other = replace(WEB, digest="sha256:other")
    assert detector.see(event("connect", OUT, workload=other)) == ()
    assert detector.see(event("connect", OUT, workload=None)) == ()
    assert detector.knows_program(WEB, "/bin/sh")
    assert not detector.knows_program(other, "/bin/sh")


@given(st.lists(acts, max_size=8))
def test_what_one_detector_learnt_another_holds(seen: list[Act]) -> None:
    learning = BaselineDetector(learns=lambda _: True)
    events = [event("connect", act) for act in seen]
    for one in events:
        learning.see(one)
    judging = BaselineDetector([replace(one, mode=Mode.DETECT) for one in learning.learnt()])

    assert all(judging.see(one) == () for one in events)
