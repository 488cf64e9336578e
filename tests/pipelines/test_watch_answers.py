"""Law: alerts are answered by the plan from another thread, with the events that led to them."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.detections.telling import Saying, tell
from pratique.model.alert import Detector, Priority
from pratique.model.errors import CapabilityError
from pratique.model.observation import Called
from pratique.model.reaction import Outcome, Reaction
from pratique.pipelines.watch_answers import MAX_OF_ALERT, Both, Recent, answering, powers_of
from pratique.responses.plan import read_plan
from tests.makers.happenings import WEB, event

PLAN = b"""\
pratique-responses: "1"
responses:
  - name: all
    match: {rule: bad}
    measures: [kill]
"""


def alarm(number: int = 0):
    """Return an alert of an event in the web container."""
    saying = Saying(detector=Detector.RULES, rule="bad", priority=Priority.ERROR, output="")
    return tell(event("x", Called(), sequence=number), saying)


def test_the_last_events_of_a_container_are_remembered() -> None:
    """Its own, in order, a bounded number; of the node those of the process."""
    recent = Recent(most=2000)
    for number in range(1500):
        recent.take(event("x", Called(), sequence=number))
        recent.take(event("y", Called(), workload=replace(WEB, id="other")))
    found = recent.of(alarm())

    assert len(found) == MAX_OF_ALERT
    assert {one.observation.type for one in found} == {"x"}
    assert found[-1].observation.sequence == 1499
    assert recent.of(replace(alarm(), workload=None, pid=1)) == []


def test_an_alert_is_answered_by_the_plan(tmp_path: Path) -> None:
    """A dry run says what would be done, and it is logged."""
    done: list[Reaction] = []
    environ = {"PRATIQUE_DATA_DIR": str(tmp_path)}
    with powers_of(None, enforces=False) as powers:
        worker = answering(read_plan(PLAN, "p"), powers, Recent(), environ, done.append)
        worker.take(alarm())
        worker.take(replace(alarm(), rule="other"))
        worker.close()

    assert [one.measure for one in done] == ["kill"]
    assert done[0].outcome in (Outcome.DRY_RUN, Outcome.REFUSED)
    assert (tmp_path / "responses" / "reactions.json").exists()


class Way:
    """A way to refuse, or not."""

    def __init__(self, says: str, *, scripts: bool) -> None:
        self._says = says
        self.scripts_too = scripts

    def refuse(self, *_: object) -> str:
        """Say by what means, or that it cannot be."""
        if not self._says:
            raise CapabilityError("cannot", hint="")
        return self._says


def test_two_ways_to_refuse_are_both_taken() -> None:
    """Where the one that refuses fails, nothing is refused: that is said, and what is in force."""
    kills, gate, broken = (
        Way("kills", scripts=False),
        Way("gate", scripts=True),
        Way("", scripts=False),
    )

    assert Both(gate, kills).refuse(WEB, 1, 0) == "gate; kills"
    assert Both(gate, kills).scripts_too
    assert Both(gate, broken).refuse(WEB, 1, 0) == "gate; nothing besides: cannot"
    with pytest.raises(CapabilityError, match="cannot; in force: kills"):
        Both(broken, kills).refuse(WEB, 1, 0)
    with pytest.raises(CapabilityError, match="cannot"):
        Both(broken, broken).refuse(WEB, 1, 0)
