"""A watch answers by its plan, logs what standing measures stop, and says what it could not log."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.alert import Alert, Detector, Priority
from pratique.model.observation import Called
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.pipelines.watch_responding import RULE, Responding, responding
from pratique.responses.plan import read_plan
from tests.makers.alerts import alert
from tests.makers.happenings import event

PLAN = b"""\
pratique-responses: 1
responses:
  - {name: all, match: {rule: bad}, measures: [kill]}
"""
LOG = "responses/reactions.json"


def bad() -> Alert:
    """Return an alert that the plan is about."""
    return replace(alert(pid=300), rule="bad")


def log_of(folder: Path) -> str:
    """Return what was logged, empty where nothing was."""
    place = folder / LOG
    return place.read_text() if place.exists() else ""


def test_alerts_are_answered_and_counted(tmp_path: Path) -> None:
    """All that were raised before the end, each once; what the plan says nothing of is not."""
    environ = {"PRATIQUE_DATA_DIR": str(tmp_path)}
    with responding(read_plan(PLAN, "p"), None, environ) as answers:
        answers.see(event("openat", Called()))
        answers.answer(bad())
        answers.answer(replace(bad(), rule="other"))

    assert [kind for kind, _ in answers.reactions] == ["kill"]
    assert sum(answers.reactions.values()) == 1
    assert '"kill"' in log_of(tmp_path)
    assert answers.troubles(1, "node-1") == ()


def test_what_a_standing_measure_stops_is_a_reaction_of_its_own(tmp_path: Path) -> None:
    """It has the reason of the measure that a container is held to."""
    environ = {"PRATIQUE_DATA_DIR": str(tmp_path)}
    with responding(read_plan(PLAN, "p"), None, environ) as answers:
        standing = Reaction(
            measure=Measure.REFUSE_EXECUTION,
            outcome=Outcome.DONE,
            reason="response no-drift",
            rule="drifted",
            time_ns=1,
            container_id=event("x", Called()).workload.id,  # type: ignore[union-attr]
        )
        answers.reacted(standing)
        answers.see(event("refused", Called(arguments=(2,), text="/tmp/x")))

    assert answers.reactions[("refuse-execution", "done")] == 2
    assert "response no-drift" in log_of(tmp_path)


def test_a_log_that_cannot_be_written_is_told_once_with_its_count(tmp_path: Path) -> None:
    """What was done stays done; whoever reads the log learns that it is not whole."""
    (tmp_path / "responses").write_text("a file where the folder should be")
    environ = {"PRATIQUE_DATA_DIR": str(tmp_path)}
    with responding(read_plan(PLAN, "p"), None, environ) as answers:
        answers.answer(bad())
        answers.answer(bad())
    (told,) = answers.troubles(5, "node-1")

    assert (told.rule, told.priority, told.detector) == (RULE, Priority.WARNING, Detector.SENSOR)
    assert (told.count, told.time_ns, told.node) == (2, 5, "node-1")
    assert "2 reactions could not be logged" in told.output
    assert answers.troubles(6, "node-1") == ()


def fail(answers: Responding) -> None:
    """Have an alert answered, and fail."""
    answers.answer(bad())
    raise RuntimeError("the watch failed")


def test_what_was_begun_is_ended_also_where_the_watch_fails(tmp_path: Path) -> None:
    """The thread that answers is gone afterwards; what waited was answered."""
    environ = {"PRATIQUE_DATA_DIR": str(tmp_path)}
    with pytest.raises(RuntimeError), responding(read_plan(PLAN, "p"), None, environ) as answers:
        fail(answers)

    assert sum(answers.reactions.values()) == 1
