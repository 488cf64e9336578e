"""A story is complete when its steps are, and then grows instead of repeating."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.correlation import engine, language
from pratique.detections.correlation.engine import Correlator
from pratique.detections.correlation.language import Order, Step
from pratique.model.alert import Alert, Incident, Priority
from tests.makers.happenings import SECOND, WEB

ABC = language.Sequence(
    name="abc",
    title="a, b, c",
    priority=Priority.CRITICAL,
    within_ns=60 * SECOND,
    steps=tuple(Step(name=name, rules=(name,)) for name in "abc"),
    tags=("T1",),
)


def alert(rule: str, at: float, **more: object) -> Alert:
    made = Alert(
        rule=rule,
        priority=Priority.WARNING,
        time_ns=int(at * SECOND),
        output=rule,
        workload=WEB,
        node="n",
    )
    return replace(made, **more)


def incidents(sequence: language.Sequence, rules: str, gap: float = 1) -> list[Incident]:
    correlator = Correlator((sequence,))
    seen = [alert(rule, at * gap) for at, rule in enumerate(rules)]
    return [one for each in seen for one in correlator.see(each).incidents]


@pytest.mark.parametrize("rules", ["abc", "xaxbxc", "aabbc", "cabc", "bacbc"])
def test_the_order_listed_fires(rules: str) -> None:
    (incident,) = incidents(ABC, rules)
    assert [one.rule for one in incident.story] == ["a", "b", "c"]
    assert incident.workload == WEB
    assert incident.tags == ("T1",)


@pytest.mark.parametrize("rules", ["ab", "cba", "acb", "bca"])
def test_another_order_does_not(rules: str) -> None:
    assert incidents(ABC, rules) == []
    assert bool(incidents(replace(ABC, order=Order.ANY), rules)) is (len(rules) == 3)


@given(st.text("abcx", max_size=12))
def test_it_fires_exactly_where_the_steps_are_a_subsequence(rules: str) -> None:
    """Compared with the definition itself: c after b after a."""
    at_a = rules.find("a")
    at_b = rules.find("b", at_a + 1) if at_a >= 0 else -1
    expected = at_b >= 0 and rules.find("c", at_b + 1) >= 0
    assert bool(incidents(ABC, rules)) is expected


def test_time_runs_out() -> None:
    assert incidents(ABC, "abc", gap=29)
    assert not incidents(ABC, "abc", gap=31)


def test_one_alert_is_one_step_only() -> None:
    twice = replace(ABC, steps=(Step(name="1", rules=("a",)), Step(name="2", rules=("a",))))
    assert not incidents(twice, "a")
    assert incidents(twice, "aa")
    assert incidents(replace(twice, order=Order.ANY), "aa")


def test_counts_weigh_alerts_that_stand_for_several() -> None:
    many = replace(ABC, steps=(Step(name="1", rules=("a",), count=10),))
    correlator = Correlator((many,))
    assert not correlator.see(alert("a", 0, count=9)).incidents
    assert correlator.see(alert("a", 1)).incidents


def test_an_open_incident_grows_and_is_told_ever_more_rarely() -> None:
    correlator = Correlator((ABC,))
    told = []
    for at, rule in enumerate("abc" + "a" * 100):
        heard = correlator.see(alert(rule, at / 10))
        assert heard.absorbed is (at >= 2)
        told += heard.incidents

    assert len({one.id for one in told}) == 1
    assert [len(one.story) + one.dropped for one in told] == [3, 6, 12, 24, 48, 96]
    assert len(told[-1].story) == engine.MAX_STORY


def test_a_later_story_is_another_incident() -> None:
    correlator = Correlator((ABC,))
    ids = set()
    for start in (0, 1000):
        for at, rule in enumerate("abc"):
            ids |= {one.id for one in correlator.see(alert(rule, start + at)).incidents}
    assert len(ids) == 2


def test_containers_are_apart_and_ids_repeatable() -> None:
    other = replace(WEB, id="other")
    correlator = Correlator((ABC,))
    for at, rule in enumerate("ab"):
        correlator.see(alert(rule, at))
    assert not correlator.see(alert("c", 3, workload=other)).incidents
    assert incidents(ABC, "abc")[0].id == incidents(ABC, "abc")[0].id


def test_noise_between_the_steps_pushes_nothing_out() -> None:
    many = engine.MAX_OF_STEP * 3
    assert incidents(ABC, "ab" + "a" * many + "c", gap=0.01)


def test_what_goes_too_early_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_STORIES", 2)
    correlator = Correlator((ABC,))
    for name in "123":
        correlator.see(alert("a", 1, workload=replace(WEB, id=name)))
    assert correlator.evicted == 1


def test_all_stories_together_keep_a_bounded_number_of_alerts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The least used stories go, and are counted; the one of the newest alert stays."""
    monkeypatch.setattr(engine, "MAX_ALERTS", 10)
    correlator = Correlator((ABC,))
    for name in "123456":
        for at in range(3):
            correlator.see(alert("a", at, workload=replace(WEB, id=name)))
            assert correlator.kept <= 10
    found = [
        correlator.see(alert(rule, 4, workload=replace(WEB, id=name))).incidents
        for name in "61"
        for rule in "bc"
    ]

    assert [len(one) for one in found] == [0, 1, 0, 0]
    assert correlator.evicted >= 3


def test_whoever_floods_pays_with_his_own_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow attack in another container is still told as one, and so is what the flood was to hide."""
    monkeypatch.setattr(engine, "MAX_ALERTS", 100)
    correlator = Correlator((ABC,))
    slow, loud = WEB, replace(WEB, id="loud")
    found = [*correlator.see(alert("a", 0, workload=slow)).incidents]
    found += [
        incident
        for at in range(500)
        for rule in "ab"
        for incident in correlator.see(alert(rule, 1 + at / 100, workload=loud)).incidents
    ]
    assert correlator.kept <= 100
    for workload in (slow, loud):
        for rule in "bc":
            found += correlator.see(alert(rule, 9, workload=workload)).incidents

    assert [one.workload for one in found] == [slow, loud]
    assert correlator.evicted > 0


def test_stories_of_the_past_are_forgotten() -> None:
    """Each container that was attacked once would else keep its alerts for ever."""
    correlator = Correlator((ABC,))
    for number in range(100):
        correlator.see(alert("a", number, workload=replace(WEB, id=f"{number}")))
    long = (ABC.within_ns + engine.LATE_NS) // SECOND

    for now, kept in ((long, 100), (long + 50, 50), (long + 100, 0)):
        assert list(correlator.rest(now * SECOND)) == []
        assert correlator.kept == kept
    assert correlator.evicted == 0


def test_growth_of_what_is_forgotten_is_told() -> None:
    """An incident that grew and rests is told a last time, with all of it."""
    correlator = Correlator((replace(ABC, steps=(Step(name="any", count=2),)),))
    for at in range(3):
        correlator.see(alert("a", at))
    (told,) = correlator.rest(1000 * SECOND)

    assert len(told.story) == 3
    assert (correlator.kept, list(correlator.rest())) == (0, [])


@given(st.lists(st.sampled_from("abcx"), max_size=40))
def test_no_alert_of_a_story_is_lost(rules: Sequence[str]) -> None:
    """Each absorbed alert is in the story or counted, once the incident is told again."""
    correlator = Correlator((ABC,))
    absorbed = 0
    for at, rule in enumerate(rules):
        absorbed += correlator.see(alert(rule, at / 10)).absorbed
    stories = [one.incident for one in correlator._stories.values() if one.incident]
    assert absorbed == sum(len(one.story) + one.dropped - 2 for one in stories)


def test_what_is_new_in_an_open_incident_is_told_at_once() -> None:
    alarms = replace(ABC, steps=(Step(name="any", count=2),))
    correlator = Correlator((alarms,))
    for each in "aa":
        heard = correlator.see(alert(each, 0))
    told = [correlator.see(alert(each, 1)).incidents for each in "aaba"]
    assert [len(one) for one in told] == [0, 1, 1, 0]
    assert heard.incidents[0].id == told[2][0].id
    assert [one.story[-1].rule for one in correlator.rest()] == ["a"]
    assert list(correlator.rest()) == []


def test_an_alert_of_another_container_is_told_by_itself() -> None:
    """An incident of one container must not swallow what happens in another."""
    alarms = replace(ABC, same=language.Same.NODE, steps=(Step(name="any", count=2),))
    correlator = Correlator((alarms,))
    for at in (0, 1):
        correlator.see(alert("a", at))
    assert not correlator.see(alert("a", 2, workload=replace(WEB, id="d" * 64))).absorbed
    assert correlator.see(alert("b", 2, workload=None)).absorbed


def test_kinds_of_an_open_incident_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_KINDS", 2)
    correlator = Correlator((replace(ABC, steps=(Step(name="any", count=1),)),))
    heard = [correlator.see(alert(each, at)).absorbed for at, each in enumerate("abcb")]
    assert heard == [True, True, False, True]


def test_a_flood_hides_nothing() -> None:
    """When a story is full, what does not equal anything in it is told by itself."""
    correlator = Correlator((ABC,))
    for at, rule in enumerate("abc" + "a" * 200):
        correlator.see(alert(rule, at / 10, output=f"noise {at % 70 * 'x'}"))
    kinds = "ad"
    heard = [correlator.see(alert(rule, 21, output="the deed")) for rule in kinds]
    equal = correlator.see(alert("a", 22, output="noise xxxxx"))

    assert [one.absorbed for one in heard] == [False, False]
    assert equal.absorbed


def test_what_is_graver_makes_the_incident_graver_at_once() -> None:
    """Whoever asks for grave things alone is told."""
    alarms = replace(ABC, priority=Priority.ERROR, steps=(Step(name="any", count=2),))
    correlator = Correlator((alarms,))
    for at in range(10):
        correlator.see(alert("a", at))
    (told,) = correlator.see(alert("a", 11, priority=Priority.ALERT)).incidents

    assert told.priority is Priority.ALERT
    assert told.story[-1].priority is Priority.ALERT


def test_growth_is_not_held_back_for_ever() -> None:
    """Neither while the story goes on, nor when it makes room or is over."""
    alarms = replace(ABC, steps=(Step(name="any", count=2),))

    def open_story() -> Correlator:
        correlator = Correlator((alarms,))
        for at in range(3):
            correlator.see(alert("a", at))
        return correlator

    correlator = open_story()
    assert list(correlator.rest(20 * SECOND)) == []
    assert [len(one.story) for one in correlator.rest(2 * SECOND + engine.REST_NS)] == [3]
    assert list(correlator.rest(3 * engine.REST_NS)) == []

    correlator = open_story()
    correlator.see(alert("a", 3))
    assert not correlator.see(alert("a", 4, output="another deed")).incidents
    assert [len(one.story) for one in correlator.rest(6 * SECOND)] == [5]

    later = open_story().see(alert("a", 500))
    assert [len(one.story) for one in later.incidents] == [3]


def test_growth_of_what_had_to_go_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attacker who fills the table of stories makes them told, not forgotten."""
    monkeypatch.setattr(engine, "MAX_STORIES", 1)
    correlator = Correlator((replace(ABC, steps=(Step(name="any", count=2),)),))
    for at in range(3):
        correlator.see(alert("a", at))
    (told,) = correlator.see(alert("a", 4, workload=replace(WEB, id="another"))).incidents

    assert len(told.story) == 3
