"""Everything that a step asks for must be there; stories have one thing in common."""

import pytest
from msgspec.structs import replace

from pratique.detections.correlation.fitting import fits, story_key, value_of
from pratique.detections.correlation.language import Same, Step, Where
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Ancestor
from tests.makers.happenings import WEB

ALERT = Alert(
    rule="Read sensitive file",
    priority=Priority.WARNING,
    time_ns=1,
    output="x",
    tags=("T1555",),
    fields=(("fd.name", "/etc/shadow"),),
    workload=WEB,
    node="n",
    pid=9,
)


@pytest.mark.parametrize(
    ("step", "fit"),
    [
        (Step(name="a", rules=("Read *",)), True),
        (Step(name="a", rules=("Write *",)), False),
        (Step(name="a", rules=("Write *",), tags=("T1555",)), True),
        (Step(name="a", tags=("T1555",), priority=Priority.ERROR), False),
        (Step(name="a", tags=("T1555",), priority=Priority.NOTICE), True),
        (Step(name="a", tags=("T1555",), where=Where.NODE), False),
        (Step(name="a", where=Where.CONTAINER), True),
        (Step(name="a", detectors=(Detector.DRIFT,)), False),
        (Step(name="a", detectors=(Detector.RULES,)), True),
        (Step(name="a", fields={"fd.name": "/etc/*"}), True),
        (Step(name="a", fields={"fd.name": "/root/*"}), False),
        (Step(name="a", fields={"fd.sip": "?*"}), False),
        (Step(name="a", tags=("T1555",), unless=("Read*",)), False),
    ],
)
def test_steps(step: Step, fit: bool) -> None:
    assert fits(step, ALERT) is fit


def test_what_stories_have_in_common() -> None:
    pod = replace(ALERT, workload=replace(WEB, pod="p", namespace="s", pod_uid="u"))
    host = replace(ALERT, workload=None)

    assert story_key(Same.CONTAINER, ALERT) == ("n", WEB.id)
    assert story_key(Same.POD, pod) == ("u", "s", "p")
    assert story_key(Same.POD, ALERT) == ("n", WEB.id)
    assert story_key(Same.IMAGE, ALERT) == (WEB.digest,)
    assert story_key(Same.IMAGE, host) == ("n", "host")
    assert story_key(Same.NODE, host) == ("n",)


def test_a_process_tree_goes_on_outside_of_its_container() -> None:
    inside = replace(ALERT, ancestors=(Ancestor(5, "sh", in_container=True), Ancestor(2, "shim")))
    outside = replace(
        ALERT,
        workload=None,
        pid=77,
        ancestors=(Ancestor(9, "x", in_container=True), *inside.ancestors),
    )
    session = replace(
        ALERT,
        workload=None,
        ancestors=(Ancestor(8, "sudo"), Ancestor(7, "bash", session_leader=True)),
    )

    assert story_key(Same.PROCESS_TREE, inside) == story_key(Same.PROCESS_TREE, outside)
    assert story_key(Same.PROCESS_TREE, ALERT) == ("n", "9")
    assert story_key(Same.PROCESS_TREE, session) == ("n", "7")


def test_distinct_values() -> None:
    assert value_of(ALERT, "rule") == "Read sensitive file"
    assert value_of(ALERT, "fd.name") == "/etc/shadow"
    assert value_of(ALERT, "nothing") == ""


def test_what_was_not_seen_is_no_deed() -> None:
    """A loss that the sensor tells must not complete a story, unless a step names it."""
    lost = replace(ALERT, rule="events-lost", detector=Detector.SENSOR, workload=None)
    assert not fits(Step(name="a", where=Where.NODE), lost)
    assert fits(Step(name="a", rules=("events-lost",)), lost)
