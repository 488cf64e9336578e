"""
Say when enough was learnt.

A baseline is settled when it was learnt for long enough, from enough events, and nothing new came
for long enough; what is still missing is said in words. Restarts count: what a workload does when it
starts is seen only then, so one run never gives more than medium confidence.
"""

from enum import StrEnum

from msgspec import Struct

from pratique.model.baseline import Baseline

_SECOND = 1_000_000_000


class Confidence(StrEnum):
    """How sure it is that what is outside of a baseline is unusual."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Criteria(Struct, frozen=True, kw_only=True):
    """
    What is enough.

    ``least_s`` of watching over all runs, ``quiet_s`` of watching without anything new, ``events``
    seen; ``runs`` for high confidence.
    """

    least_s: float = 600.0
    quiet_s: float = 300.0
    events: int = 50
    runs: int = 2


class Standing(Struct, frozen=True):
    """Whether a baseline is settled, how sure it makes, and what it lacks."""

    settled: bool
    confidence: Confidence
    lacks: tuple[str, ...] = ()


def standing(baseline: Baseline, criteria: Criteria = Criteria()) -> Standing:  # noqa: B008 - frozen
    """
    Return how far the learning of a baseline is.

    >>> standing(Baseline(digest="", workload="x")).lacks[0]
    'watched for 0 s of 600 s'
    """
    runs = baseline.runs
    watched = sum(run.last_ns - run.first_ns for run in runs) / _SECOND
    quiet = _quiet(baseline)
    events = sum(run.events for run in runs)
    lacks = []
    if watched < criteria.least_s:
        lacks.append(f"watched for {watched:.0f} s of {criteria.least_s:.0f} s")
    if quiet < criteria.quiet_s:
        lacks.append(f"nothing new for {quiet:.0f} s of {criteria.quiet_s:.0f} s")
    if events < criteria.events:
        lacks.append(f"{events} of {criteria.events} events")
    if lacks:
        return Standing(False, Confidence.LOW, tuple(lacks))
    if len(runs) < criteria.runs:
        more = (f"{len(runs)} of {criteria.runs} runs, for high confidence",)
        return Standing(True, Confidence.MEDIUM, more)
    return Standing(True, Confidence.HIGH)


def _quiet(baseline: Baseline) -> float:
    """Return the seconds watched since anything new came: of the runs that saw the newest, and later ones."""
    newest = max((run.newest_ns for run in baseline.runs), default=0)
    return sum(max(0, run.last_ns - max(run.first_ns, newest)) for run in baseline.runs) / _SECOND
