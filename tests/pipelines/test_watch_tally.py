"""Law: every event and alert is counted once, and the tables stay within their bounds."""

from msgspec.structs import replace

from pratique.model.alert import Alert, Incident, Priority
from pratique.model.observation import Called
from pratique.pipelines.watch_tally import MAX_TYPES, MAX_WORKLOADS, Tally
from tests.makers.happenings import WEB, event


def alert(rule: str = "r", count: int = 1) -> Alert:
    """Return an alert in the web container."""
    return Alert(
        rule=rule, priority=Priority.ERROR, time_ns=1, output="", workload=WEB, count=count
    )


def test_events_count_for_what_they_stand_for() -> None:
    """By type and by container; what the sensor folded counts as often as it happened."""
    tally = Tally()
    tally.event(event("openat", Called(), count=5))
    tally.event(event("openat", Called()))
    tally.event(event("execve", Called(), workload=None))
    tally.alert(alert(count=3))

    assert tally.events == 7
    assert tally.by_type == {"openat": 6, "execve": 1}
    assert [(one.events, one.alerts) for one in tally.workloads()] == [(6, 3), (1, 0)]
    assert tally.by_rule == {("r", "Error"): 3}


def test_an_incident_that_grew_is_one() -> None:
    """It stands at the place of its last word."""
    tally = Tally()
    story = Incident(
        id="1", rule="s", title="", priority=Priority.ERROR, first_ns=1, last_ns=1, story=(alert(),)
    )
    tally.told(story)
    tally.told(alert("between"))
    tally.told(replace(story, last_ns=9))

    assert tally.incidents == 1
    assert [type(one).__name__ for one in tally.latest] == ["Alert", "Incident"]


def test_tables_are_bounded() -> None:
    """Whatever types and containers come."""
    tally = Tally()
    for number in range(MAX_WORKLOADS + 10):
        tally.event(event(f"t{number}", Called(), workload=replace(WEB, id=str(number))))

    assert len(tally.workloads()) == MAX_WORKLOADS
    assert tally.forgotten == 10
    assert len(tally.by_type) == MAX_TYPES


def test_what_a_container_is_called_is_learnt_later() -> None:
    """Of those that were counted; what is in doubt is not the node."""
    tally = Tally()
    tally.event(event("execve", Called(), workload=replace(WEB, name="")))
    tally.event(event("execve", Called(), workload=None))
    for known in (WEB, replace(WEB, id="", name="?"), replace(WEB, id="never seen"), None):
        tally.know(known)

    assert [one.workload for one in tally.workloads()] == [WEB, None]
