"""What a standing measure stops is logged with its reason, once each."""

from msgspec.structs import replace

from pratique.model.event import Event, Process
from pratique.model.observation import Called, Observation
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.pipelines.watch_refusals import MOST_TOLD, Refusals
from pratique.responses.fanotify_gate import Refusal
from tests.makers.alerts import CONTAINER, NOW_NS, WORKLOAD

TAKEN = Reaction(
    measure=Measure.REFUSE_EXECUTION,
    outcome=Outcome.DONE,
    reason="response no-drift",
    rule="drifted-executable",
    time_ns=NOW_NS,
    container_id=CONTAINER,
)


def refused(number, what, kind="refused"):
    """Return the sensor's word on a refusal."""
    seen = Observation(kind, Called((number, 1, 2, 0), what), NOW_NS, 4711)
    return Event(seen, Process(4711, 1, "x"), WORKLOAD)


def test_each_is_logged_once_with_the_reason_of_its_measure() -> None:
    """A second path, or another means, is another reaction."""
    noted = []
    refusals = Refusals(noted.append)
    refusals.because(replace(TAKEN, outcome=Outcome.DRY_RUN, reason="a dry run"))
    refusals.because(TAKEN)
    refusals.because(replace(TAKEN, reason="a later one"))
    for _ in range(3):
        refusals.see(refused(1, "/tmp/x"))
        refusals.see(refused(2, "/tmp/x"))
        refusals.told(Refusal(CONTAINER, 7, "/tmp/x"))
    refusals.see(refused(2, "/tmp/y"))

    assert [(one.target, one.detail) for one in noted] == [
        ("/tmp/x", "killed before its first instruction"),
        ("/tmp/x", "refused by the kernel (LSM)"),
        ("/tmp/x", "refused by the gate"),
        ("/tmp/y", "refused by the kernel (LSM)"),
    ]
    assert {(one.reason, one.rule) for one in noted} == {(TAKEN.reason, TAKEN.rule)}
    assert {(one.container_id, one.outcome) for one in noted} == {(CONTAINER, Outcome.DONE)}


def test_a_destination_has_a_measure_of_its_own() -> None:
    """Its reason is not that of another measure."""
    noted = []
    refusals = Refusals(noted.append)
    refusals.because(TAKEN)
    refusals.see(refused(3, "203.0.113.7 443"))

    assert [(one.measure, one.target) for one in noted] == [
        (Measure.BLOCK_DESTINATION, "203.0.113.7 443")
    ]
    assert noted[0].reason == "a measure that is in force"


def test_other_events_are_passed_over() -> None:
    """Neither another type nor a number that is not known is a refusal."""
    noted = []
    refusals = Refusals(noted.append)
    refusals.see(refused(1, "x", kind="memfd_create"))
    refusals.see(refused(77, "x"))

    assert noted == []


def test_the_table_is_bounded() -> None:
    """What was forgotten is logged again."""
    noted = []
    refusals = Refusals(noted.append)
    for number in range(MOST_TOLD + 1):
        refusals.told(Refusal(CONTAINER, 7, f"/{number}"))
    refusals.told(Refusal(CONTAINER, 7, "/0"))

    assert len(noted) == MOST_TOLD + 2
