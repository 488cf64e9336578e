"""Law: what is watched is recorded, judged, answered and told, and no alert is lost on the way."""

from collections.abc import Sequence

from pratique.detections.correlation.stories import Stories
from pratique.detections.telling import Saying, tell
from pratique.model.alert import Alert, Detector, Incident, Priority
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.model.observation import Called
from pratique.pipelines.judge_events import EventJudge
from pratique.pipelines.watch_events import Ends, Watch
from pratique.pipelines.watch_tally import Tally
from tests.makers.happenings import event


class Alarm:
    """A detector that raises one alert at each event of type ``bad``."""

    def __init__(self, rule: str) -> None:
        self.rule = rule

    def interest(self) -> Interest:
        """Want what is bad."""
        return Interest(types=frozenset({"bad"}), every_open=False)

    def see(self, happened: Event) -> Sequence[Alert]:
        """Raise it."""
        saying = Saying(
            detector=Detector.RULES, rule=self.rule, priority=Priority.ERROR, output="bad thing"
        )
        return (tell(happened, saying),)


class Kept:
    """Everything that left a watch."""

    def __init__(self, *rules: str) -> None:
        self.told: list[Alert | Incident] = []
        self.recorded: list[Event] = []
        self.answered: list[Alert] = []
        ends = Ends(tell=self.told.append, record=self.recorded.append, answer=self.answered.append)
        self.watch = Watch(EventJudge([Alarm(one) for one in rules]), Stories(), ends, Tally())


def test_everything_is_recorded_and_what_is_bad_is_told() -> None:
    """With the counts."""
    kept = Kept("r")
    events = [event("good", Called()), event("bad", Called(), at_s=1)]

    assert kept.watch.take(events) == 2
    assert kept.recorded == events
    assert [one.rule for one in kept.told] == ["r"]
    assert kept.watch.tally.events == 2


def test_two_rules_at_one_event_are_one_incident_and_two_answers() -> None:
    """A person hears of one deed; a response sees each alert."""
    kept = Kept("a", "b")
    kept.watch.take([event("bad", Called())])

    (incident,) = kept.told
    assert isinstance(incident, Incident)
    assert [one.rule for one in incident.story] == ["a", "b"]
    assert [one.rule for one in kept.answered] == ["a", "b"]


def test_repeats_are_folded_and_all_of_them_counted_in_the_end() -> None:
    """None of a thousand is lost."""
    kept = Kept("r")
    kept.watch.take(event("bad", Called(), at_s=n / 1000, sequence=n) for n in range(1000))
    kept.watch.end(2**62)
    alerts = [one for one in kept.told if isinstance(one, Alert)]

    assert len(alerts) < 50
    assert sum(one.count for one in alerts) == 1000
    assert kept.watch.tally.by_rule == {("r", "Error"): 1000}
