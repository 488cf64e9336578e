"""
Log what the kernel or the gate refused by itself, after a measure told them to.

A measure such as ``refuse-execution`` is taken once and then goes on: each thing that it stops is a reaction
of its own, with the reason and rule of the measure. Law: each is logged once for each container and
target, so that a program that tries for ever does not fill the log; the tables are bounded, and what was
forgotten is logged again.
"""

import time
from collections.abc import Callable

from msgspec.structs import replace

from pratique.formats.kernel_events.layout import Measure as ByKernel
from pratique.model.event import Event
from pratique.model.observation import Called
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.responses.fanotify_gate import Refusal

MOST_TOLD = 4_096
MOST_REASONS = 4_096
_TYPE = "refused"
_IN_FORCE = frozenset({Outcome.DONE, Outcome.FAILED})
"""One that failed may be in force in part: what the reaction says."""
_STANDING = "a measure that is in force"
_GOES_ON = frozenset({Measure.REFUSE_EXECUTION, Measure.BLOCK_DESTINATION})
_WORDS: dict[int, tuple[Measure, str]] = {
    ByKernel.KILL: (Measure.REFUSE_EXECUTION, "killed before its first instruction"),
    ByKernel.REFUSE: (Measure.REFUSE_EXECUTION, "refused by the kernel (LSM)"),
    ByKernel.DESTINATION: (Measure.BLOCK_DESTINATION, "refused by the kernel"),
}


class Refusals:
    """
    Turn refusals into reactions.

    ``note`` takes what is to be logged; it may be called from two threads.
    """

    def __init__(self, note: Callable[[Reaction], None]) -> None:
        self._note = note
        self._reasons: dict[tuple[str, Measure], Reaction] = {}
        self._told: set[tuple[str, Measure, str]] = set()

    def because(self, done: Reaction) -> None:
        """Remember the measure that a container is held to; the first one counts."""
        if done.measure not in _GOES_ON or done.outcome not in _IN_FORCE:
            return
        if len(self._reasons) >= MOST_REASONS:
            self._reasons.pop(next(iter(self._reasons)), None)
        self._reasons.setdefault((done.container_id, done.measure), done)

    def see(self, event: Event) -> None:
        """Take an event of the watch; those of the sensor's own refusals are logged."""
        seen = event.observation
        if seen.type != _TYPE or seen.act.__class__ is not Called:
            return
        known = _WORDS.get(next(iter(seen.act.arguments), 0))
        if known is not None:
            container = event.workload.id if event.workload is not None else ""
            measure, words = known
            self._log(
                Reaction(
                    measure=measure,
                    outcome=Outcome.DONE,
                    reason="",
                    rule="",
                    time_ns=seen.time_ns,
                    pid=seen.pid,
                    container_id=container,
                    target=seen.act.text,
                    detail=words,
                )
            )

    def told(self, refusal: Refusal) -> None:
        """Take what the gate refused."""
        self._log(
            Reaction(
                measure=Measure.REFUSE_EXECUTION,
                outcome=Outcome.DONE,
                reason="",
                rule="",
                time_ns=time.time_ns(),
                pid=refusal.pid,
                container_id=refusal.container,
                target=refusal.path,
                detail="refused by the gate",
            )
        )

    def _log(self, done: Reaction) -> None:
        key = (done.container_id, done.measure, f"{done.detail} {done.target}")
        if key in self._told:
            return
        if len(self._told) >= MOST_TOLD:
            self._told.clear()
        self._told.add(key)
        why = self._reasons.get((done.container_id, done.measure))
        reason, rule = (why.reason, why.rule) if why else (_STANDING, "")
        self._note(replace(done, reason=reason, rule=rule))
