"""Law: an alert whose container is not known yet waits a moment for its name; none is lost, and their order stays."""

from collections.abc import Iterable, Sequence

import pytest
from msgspec.structs import replace

from pratique.detections.correlation.stories import Stories
from pratique.detections.telling import Saying, place, tell
from pratique.model.alert import Alert, Detector, Incident, Priority
from pratique.model.event import Event
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import Called
from pratique.model.workload import Workload
from pratique.pipelines.judge_events import EventJudge
from pratique.pipelines.watch_events import Ends, Watch
from pratique.pipelines.watch_holding import MOST_HELD, PATIENCE_NS, Holding
from pratique.pipelines.watch_tally import Tally
from pratique.workloads.index import UNKNOWN
from tests.makers.happenings import WEB, event

BARE = Workload(id=WEB.id, engine="podman", complete=False)
OTHER = replace(WEB, id="d0" * 32, name="other")
STEP_NS = PATIENCE_NS // 10


class Alarm:
    """A detector that says of each event whose it is."""

    def interest(self) -> Interest:
        """Want everything."""
        return EVERYTHING

    def see(self, happened: Event) -> Sequence[Alert]:
        """Raise an alert, named by the event's type."""
        saying = Saying(
            detector=Detector.DRIFT,
            rule=happened.observation.type,
            priority=Priority.ERROR,
            output=f"{place(happened.workload)}: a deed",
        )
        return (tell(happened, saying),)


class Desk:
    """A watch with an engine that answers when told to, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.now_ns = 0
        self.known: dict[str, Workload] = {}
        self.broken = False
        self.told: list[Alert | Incident] = []
        self.answered: list[Alert] = []
        self.tally = Tally()
        self.holding = Holding(self._ask, lambda: self.now_ns)
        ends = Ends(tell=self.told.append, answer=self.answered.append)
        judge = EventJudge([Alarm()])
        self.watch = Watch(judge, Stories(), ends, self.tally, self.holding)

    def happen(self, *names: str, workload: Workload | None = BARE) -> None:
        """Have deeds happen, each at the time that it is."""
        self.watch.take(deed(name, workload, self.now_ns) for name in names)

    def wait(self, ns: int) -> None:
        """Turn the watch later."""
        self.now_ns += ns
        self.watch.release()

    def said(self) -> list[tuple[str, str]]:
        """Return what was told: rule and words."""
        return [(one.rule, one.output) for one in self.told if isinstance(one, Alert)]

    def _ask(self, happened: Event) -> Event:
        if self.broken:
            raise RuntimeError("the engine's files are upside down")
        workload = happened.workload
        known = self.known.get(workload.id) if workload is not None else None
        return happened if known is None else replace(happened, workload=known, user="ann")


def deed(name: str, workload: Workload | None, now_ns: int = 0, cgroup: int = 7) -> Event:
    """Return an event of a type."""
    return event(name, Called(), workload=workload, at_s=now_ns / 1e9, cgroup=cgroup)


def rules(told: Iterable[tuple[str, str]]) -> list[str]:
    """Return the rules of what was told."""
    return [rule for rule, _ in told]


def test_an_alert_waits_for_the_name() -> None:
    """It is told in the words, and with the fields, of what the engine said later."""
    desk = Desk()
    desk.happen("first")
    desk.wait(STEP_NS)
    assert desk.told == []
    assert len(desk.holding) == 1

    desk.known[WEB.id] = WEB
    desk.wait(STEP_NS)
    (alert,) = desk.told
    assert isinstance(alert, Alert)
    assert alert.output == "container web: a deed"
    assert alert.workload == WEB
    assert dict(alert.fields)["container.name"] == "web"
    assert dict(alert.fields)["user.name"] == "ann"
    assert desk.holding.outcomes.answered == 1


def test_an_answer_to_an_alert_never_waits() -> None:
    """What is killed or refused is so at once, and counts are whole."""
    desk = Desk()
    desk.happen("first")

    assert [one.rule for one in desk.answered] == ["first"]
    assert desk.tally.by_rule == {("first", "Error"): 1}
    assert desk.told == []


def test_the_patience_ends_and_is_not_had_again() -> None:
    """What an engine never says costs one wait; what is said later is told at once."""
    desk = Desk()
    desk.happen("first")
    desk.wait(PATIENCE_NS - 1)
    desk.happen("second")
    assert desk.told == []
    desk.wait(1)
    assert rules(desk.said()) == ["first", "second"]
    desk.happen("third")

    assert rules(desk.said()) == ["first", "second", "third"]
    assert {words for _, words in desk.said()} == {f"container {WEB.id[:12]}: a deed"}
    assert desk.holding.outcomes.late == 2


def test_the_order_of_what_happened_stays() -> None:
    """Stories go by it: also what is of another container, or of none, comes after."""
    desk = Desk()
    desk.happen("first")
    desk.happen("second", workload=OTHER)
    desk.watch.raise_alerts((replace(desk.answered[0], rule="third"),))
    desk.happen("fourth")
    assert desk.told == []
    desk.known[WEB.id] = WEB
    desk.happen("fifth", workload=None)
    assert desk.told == []
    desk.wait(STEP_NS)

    assert rules(desk.said()) == ["first", "second", "third", "fourth", "fifth"]
    assert desk.said()[3][1] == "container web: a deed"
    assert desk.holding.outcomes.answered == 2


def test_engines_are_asked_at_least_once() -> None:
    """Also where the watch was held up for longer than the patience, and more comes meanwhile."""
    desk = Desk()
    desk.happen("first")
    desk.now_ns += 10 * PATIENCE_NS
    desk.happen("second")
    assert desk.told == []
    desk.known[WEB.id] = WEB
    desk.wait(0)

    assert {words for _, words in desk.said()} == {"container web: a deed"}


@pytest.mark.parametrize(
    "workload",
    [
        pytest.param(None, id="the node"),
        pytest.param(WEB, id="known"),
        pytest.param(replace(BARE, name="a", image="b"), id="known by name and image"),
    ],
)
def test_nothing_else_waits(workload: Workload | None) -> None:
    """Neither the node's nor what is known well enough."""
    desk = Desk()
    desk.happen("first", workload=workload)

    assert rules(desk.said()) == ["first"]
    assert len(desk.holding) == 0


def test_who_is_in_doubt_is_waited_for() -> None:
    """A group that nobody claims yet may be a container's; a process of no group never will."""
    desk = Desk()
    desk.watch.take([deed("groupless", UNKNOWN, cgroup=0)])
    assert rules(desk.said()) == ["groupless"]
    desk.known[""] = WEB
    desk.happen("first", workload=UNKNOWN)
    desk.wait(STEP_NS)

    assert desk.said()[1] == ("first", "container web: a deed")


def test_repeats_are_one_whenever_their_container_was_known() -> None:
    """Two wordings of one container would be two pieces of news."""
    desk = Desk()
    desk.happen("first", "first")
    desk.known[WEB.id] = WEB
    desk.happen("first", workload=WEB)
    desk.wait(STEP_NS)
    assert rules(desk.said()) == ["first"]
    desk.watch.end(2**62)

    assert sum(one.count for one in desk.told if isinstance(one, Alert)) == 3


def test_a_full_queue_goes_out_at_once_and_is_counted() -> None:
    """Then it is held again."""
    desk = Desk()
    names = [f"deed-{'x' * number}" for number in range(MOST_HELD + 2)]
    desk.happen(*names)

    assert rules(desk.said()) == names[:-1]
    assert desk.holding.outcomes.early == MOST_HELD + 1
    assert len(desk.holding) == 1


def test_the_end_of_a_watch_tells_everything() -> None:
    """With what is known at that moment."""
    desk = Desk()
    desk.happen("first")
    desk.happen("second", workload=replace(OTHER, complete=False, image=""))
    desk.known[WEB.id] = WEB
    desk.watch.end(desk.now_ns)

    assert desk.said() == [
        ("first", "container web: a deed"),
        ("second", "container other: a deed"),
    ]
    assert len(desk.holding) == 0


@pytest.mark.parametrize("asks", [True, False])
def test_a_crash_of_the_looking_up_loses_nothing(asks: bool) -> None:
    """It comes to light, and the end tells what was held, once, as it is."""
    desk = Desk()
    desk.happen("first", "second")
    desk.broken = True
    with pytest.raises(RuntimeError):
        desk.wait(STEP_NS)
    if asks:
        with pytest.raises(RuntimeError):
            desk.watch.end(desk.now_ns)
    else:
        desk.watch.end(desk.now_ns, asks=False)

    assert rules(desk.said()) == ["first", "second"]
    assert len(desk.holding) == 0


def test_a_watch_that_asks_nobody_holds_nothing() -> None:
    """A replay tells the same each time."""
    told: list[Alert | Incident] = []
    watch = Watch(EventJudge([Alarm()]), Stories(), Ends(tell=told.append), Tally())
    watch.take([deed("first", BARE)])

    assert [one.rule for one in told] == ["first"]
    assert not watch.holds


def test_the_screen_learns_the_name() -> None:
    """Also of a container that does nothing more."""
    desk = Desk()
    desk.happen("first")
    desk.known[WEB.id] = WEB
    desk.wait(STEP_NS)

    (counted,) = desk.tally.workloads()
    assert counted.workload == WEB
