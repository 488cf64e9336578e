"""Alerts are answered by the plan, within the guard's laws, and all of it is logged."""

import pytest

from pratique.kit import registry
from pratique.model.errors import StorageError
from pratique.model.reaction import Measure, Outcome
from pratique.responses.guard import Guard, Rate
from pratique.responses.plan import read_plan
from pratique.responses.responder import MAX_WAITING, Responder, Worker, response_of
from tests.makers.alerts import CONTAINER, alert
from tests.makers.responses import Remembering, means
from tests.responses.test_guard import FakeNode

PLAN = b"""
pratique-responses: 1
responses:
  - {name: a, match: {rule: Term*}, measures: [alert, pause], dry-run: false}
  - {name: b, match: {rule: Term*}, measures: [kill]}
"""


def responder(engine, log, **changed):
    guard = Guard(FakeNode(), own_pid=100, **changed)
    return Responder(read_plan(PLAN, "x"), guard, means(engines=engine), log)


def test_plan_guard_measure_log() -> None:
    """What is done, what would be, and what is not the plan's business."""
    engine, log = Remembering(), []
    done = responder(engine, log.append).respond(alert(pid=300))

    assert [(one.measure, one.outcome) for one in done] == [
        (Measure.ALERT, Outcome.DONE),
        (Measure.KILL, Outcome.DRY_RUN),
        (Measure.PAUSE, Outcome.DONE),
    ]
    assert log == list(done)
    assert len(engine.asked) == 1
    assert responder(engine, log.append).respond(alert(rule="other")) == ()


def test_a_refusal_is_logged_with_its_reason() -> None:
    """Nothing is done then."""
    engine, log = Remembering(), []
    chosen = responder(engine, log.append, per_workload=Rate(1, 60))
    chosen.respond(alert(pid=300))
    again = chosen.respond(alert(pid=300))[-1]

    assert again.outcome is Outcome.REFUSED
    assert "for this container" in again.detail
    assert again.target == CONTAINER
    assert again in log


def test_a_log_that_cannot_be_written_undoes_nothing() -> None:
    """It is counted."""

    def full(reaction):
        raise StorageError("no room")

    chosen = responder(Remembering(), full)

    assert len(chosen.respond(alert(pid=300))) == 3
    assert chosen.not_logged == 3


def test_a_worker_answers_in_order_and_tells() -> None:
    """From another thread, until the end."""
    told, engine = [], Remembering()
    worker = Worker(
        responder(engine, lambda one: None, per_workload=Rate(99, 1), overall=Rate(999, 1)),
        told.append,
    )
    for number in range(5):
        worker.take(alert(pid=300, time_ns=number))
    worker.close()

    assert len(told) == 15
    assert len(engine.asked) == 5


def test_what_was_done_already_is_logged_in_its_turn() -> None:
    """A standing measure's refusals go the way of all reactions."""
    engine, log, told = Remembering(), [], []
    chosen = responder(engine, log.append)
    (done, *_) = chosen.respond(alert(pid=300))
    log.clear()
    worker = Worker(chosen, told.append)
    worker.note(done)
    worker.close()

    assert log == told == [done]


def test_what_does_not_fit_is_logged() -> None:
    """A flood of alerts is no silence."""
    import threading

    free, log = threading.Event(), []

    class Slow(Remembering):
        def pause(self, workload):
            free.wait(30)
            return super().pause(workload)

    worker = Worker(responder(Slow(), log.append))
    for _ in range(MAX_WAITING + 5):
        worker.take(alert(pid=300))
    late = [one for one in list(log) if "too many alerts" in one.detail]
    free.set()
    worker.close()

    assert len(late) >= 3 * 4


def test_a_measure_that_fails_as_nobody_foresaw_costs_no_other_one() -> None:
    """It is logged with what went wrong, and the next alert is answered."""

    class Broken(Remembering):
        def pause(self, workload):
            raise KeyError("no such thing")

    log = []
    worker = Worker(responder(Broken(), log.append))
    for _ in range(2):
        worker.take(alert(pid=300))
    worker.close()

    failed = [one for one in log if one.outcome is Outcome.FAILED]
    assert [one.measure for one in failed] == [Measure.PAUSE] * 2
    assert all("KeyError" in one.detail and one.target for one in failed)


def test_a_measure_that_hangs_does_not_hold_up_the_end() -> None:
    """Not even where no place is left for the word that it is the end."""
    import threading

    free, began = threading.Event(), threading.Event()

    class Hanging(Remembering):
        def pause(self, workload):
            began.set()
            free.wait(30)
            return super().pause(workload)

    worker = Worker(responder(Hanging(), lambda one: None))
    worker.take(alert(pid=300))
    assert began.wait(30)
    for _ in range(MAX_WAITING):
        worker.take(alert(pid=300))
    worker.close(patience_s=0.01)

    assert not free.is_set()
    assert worker.depth == MAX_WAITING
    free.set()


@pytest.mark.parametrize("measure", [one for one in Measure if one is not Measure.ALERT])
def test_every_measure_has_its_unit(measure) -> None:
    """Under its own name."""
    assert response_of(measure).NAME is measure


def test_every_unit_is_a_measure() -> None:
    """No unit stands outside of the words of the model."""
    assert set(registry.load("responses")) == set(Measure) - {Measure.ALERT}
