"""Law: a detector sees the events of the types it wants, all of them, and no others."""

from collections.abc import Sequence

from msgspec.structs import replace

from pratique.model.alert import Alert, Priority
from pratique.model.event import Event, Process
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import Called, Observation
from pratique.pipelines.judge_events import EventJudge
from tests.makers.happenings import WEB


class Listener:
    """A detector that alerts on all it sees."""

    def __init__(self, name: str, *types: str) -> None:
        self.name = name
        self.types = types

    def interest(self) -> Interest:
        """Want the given types; none given means all."""
        return Interest(types=frozenset(self.types), every_open=False) if self.types else EVERYTHING

    def see(self, event: Event) -> Sequence[Alert]:
        """Alert."""
        return (Alert(rule=self.name, priority=Priority.DEBUG, time_ns=0, output=""),)


def happened(kind: str) -> Event:
    """Return an event of a type."""
    return Event(Observation(kind, Called(), 1, 2), Process(2, "sh"))


def test_each_detector_sees_what_it_wants() -> None:
    judge = EventJudge(
        [Listener("opens", "openat", "open"), Listener("all"), Listener("bpf", "bpf")]
    )

    assert [one.rule for one in judge.see(happened("openat"))] == ["opens", "all"]
    assert [one.rule for one in judge.see(happened("bpf"))] == ["all", "bpf"]
    assert [one.rule for one in judge.see(happened("never heard of"))] == ["all"]


def test_what_is_wanted_in_all_is_known_to_the_sensor() -> None:
    assert EventJudge([Listener("a", "open"), Listener("b", "bpf")]).interest.types == {
        "open",
        "bpf",
        "lost",
    }
    assert EventJudge([Listener("a", "open"), Listener("all")]).interest == EVERYTHING


def test_types_without_end_do_not_grow_the_judge() -> None:
    judge = EventJudge([Listener("all")])

    assert all(judge.see(happened(f"type-{n}")) for n in range(3000))
    assert len(judge._by_type) <= 1024


class Speaker(Listener):
    """A detector with words of its own for what is known now, of one rule."""

    def anew(self, alert: Alert, before: Event, now: Event) -> Alert | None:
        """Say whose it is."""
        return replace(alert, output=self.name) if alert.rule == self.name else None


def test_whose_alert_it_is_puts_it_into_words() -> None:
    """What nobody claims gets at least the container."""
    judge = EventJudge([Listener("plain"), Speaker("one"), Speaker("two")])
    now = replace(happened("x"), workload=WEB)
    said = {one.rule: one for one in judge.see(happened("x"))}

    assert judge.anew(said["two"], happened("x"), now).output == "two"
    assert judge.anew(said["plain"], happened("x"), now).workload == WEB
