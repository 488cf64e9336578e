"""
Try profiles out on what happened: would anything that the workload did have been refused?

Law: a profile refuses nothing of what its own baseline was learnt from. Replaying another recording
shows what the baseline has not seen, before it stops the workload.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from pratique.detections.baseline.facts import facts, workload_name
from pratique.detections.baseline.profiles.interface import Unit
from pratique.model.baseline import Baseline
from pratique.model.event import Event

MAX_REFUSALS = 1000


class Refusal(Struct, frozen=True, kw_only=True):
    """An act that a profile would refuse; ``count`` is how often it happened."""

    profile: str
    reason: str
    process: str
    time_ns: int
    count: int = 1


class Verification(Struct, frozen=True, kw_only=True):
    """What a replay showed: ``acts`` of the workload were looked at."""

    acts: int
    refusals: tuple[Refusal, ...]
    left_out: int = 0


def verify(
    baseline: Baseline, units: Mapping[str, Unit], events: Iterable[Event], machine: str = "x86_64"
) -> Verification:
    """Return what the profiles of a baseline would have refused of the events of its workload."""
    acts = left_out = 0
    found: dict[tuple[str, str, str], list[int]] = {}
    for event in events:
        workload = event.workload
        if workload is None or workload_name(workload) != baseline.workload:
            continue
        for fact in facts(event, machine):
            acts += 1
            for name, unit in units.items():
                reason = unit.refuses(baseline, fact)
                if not reason:
                    continue
                key = (name, reason, event.process.path)
                if key in found:
                    found[key][1] += 1
                elif len(found) < MAX_REFUSALS:
                    found[key] = [event.observation.time_ns, 1]
                else:
                    left_out += 1
    return Verification(
        acts=acts,
        refusals=tuple(
            Refusal(profile=name, reason=reason, process=path, time_ns=first, count=times)
            for (name, reason, path), (first, times) in sorted(found.items())
        ),
        left_out=left_out,
    )
