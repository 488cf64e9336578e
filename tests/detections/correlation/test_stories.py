"""One deed is told once, by the best story there is; nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.correlation.built_in import built_in
from pratique.detections.correlation.stories import SAME_EVENT, Stories
from pratique.model.alert import Alert, Priority
from tests.makers.happenings import SECOND, WEB


def alert(rule: str, at: float, **more: object) -> Alert:
    time = int(at * SECOND)
    made = Alert(
        rule=rule,
        priority=Priority.WARNING,
        time_ns=time,
        last_ns=time,
        output=rule,
        workload=WEB,
        node="n",
        sequence=time,
    )
    return replace(made, **more)


def test_several_alerts_of_one_event_are_one_incident() -> None:
    stories = Stories()
    graver = alert("b", 1, priority=Priority.CRITICAL)
    told = stories.see((alert("a", 1), graver, alert("c", 1)))

    assert told.alerts == ()
    (incident,) = told.incidents
    assert (incident.rule, incident.priority) == (SAME_EVENT, Priority.CRITICAL)
    assert len(incident.story) == 3
    assert incident.title == "b"


def test_one_alert_is_told_as_it_is() -> None:
    one = alert("a", 1)
    assert Stories().see((one,)).alerts == (one,)
    assert Stories().see(()).incidents == ()


def test_a_sequence_tells_its_alerts() -> None:
    stories = Stories(built_in())
    stories.see((alert("x", 0, tags=("T1105",)),))
    stories.see((alert("drifted-executable", 1, priority=Priority.ERROR),))
    told = stories.see((alert("unusual-destination", 2),))

    assert told.alerts == ()
    assert {one.rule for one in told.incidents} == {
        "dropped-program-calls-out",
        "shell-download-drift-egress",
    }


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60))
def test_every_alert_is_told_or_counted(rules: list[str]) -> None:
    stories = Stories(built_in())
    told = []
    newest = {}
    for at, rule in enumerate(rules):
        heard = stories.see((alert(rule, at / 50),))
        told += heard.alerts
        newest.update({one.id: one for one in heard.incidents})
    told += stories.flush(0, everything=True).alerts
    alone = sum(one.count for one in told)
    counted = sum(len(one.story) + one.dropped for one in newest.values())

    assert alone <= len(rules) <= alone + 2 * counted


def test_what_was_forgotten_is_told() -> None:
    stories = Stories(built_in())
    for number in range(6000):
        stories.see((alert("x", 1, tags=("T1105",), workload=replace(WEB, id=str(number))),))
    (one,) = [one for one in stories.flush(0).alerts if one.rule == "stories-forgotten"]
    assert one.count >= 1000
    assert not [x for x in stories.flush(0).alerts if x.rule == "stories-forgotten"]
