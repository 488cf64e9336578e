"""
Make one baseline of several.

Laws: the order does not matter, and merging what is merged already changes nothing; what one of them
holds, the whole holds (itself, or by a pattern that stands for it). The newer mode is not guessed: a
merge is ``learn`` unless all agree.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TypeVar

from pratique.detections.baseline.generalising import (
    MOST_SHAPES,
    collapsed,
    collapsed_destinations,
)
from pratique.model.baseline import (
    MAX_VALUES,
    Baseline,
    Destination,
    Listening,
    Mode,
    ProcessSeen,
    Run,
)
from pratique.model.errors import UsageError

T = TypeVar("T", str, ProcessSeen, Destination, Listening)


def merged(baselines: Sequence[Baseline]) -> Baseline:
    """
    Return one baseline for several of one workload.

    Raises:
        UsageError: they are of different workloads, or none.
    """
    if not baselines:
        raise UsageError("no baseline to merge")
    first = baselines[0]
    if {one.workload for one in baselines} != {first.workload}:
        raise UsageError("these baselines are of different workloads", hint="merge each apart")
    whole = reduce(_two, baselines, normal(first))
    return whole


def normal(one: Baseline) -> Baseline:
    """Return a baseline as all of them are written: sorted, collapsed, within the bounds."""
    full = set(one.full)
    kept = {
        "processes": _bounded(_processes(one.processes), "processes", full),
        "writes": _bounded(collapsed(one.writes), "writes", full),
        "libraries": _bounded(one.libraries, "libraries", full),
        "destinations": _bounded(collapsed_destinations(one.destinations), "destinations", full),
        "listens": _bounded(one.listens, "listens", full),
        "names": _bounded(one.names, "names", full),
        "capabilities": _bounded(one.capabilities, "capabilities", full),
        "syscalls": _bounded(one.syscalls, "syscalls", full),
    }
    return Baseline(
        digest=one.digest,
        workload=one.workload,
        image=one.image,
        mode=one.mode,
        runs=_runs(one.runs),
        syscalls_whole=one.syscalls_whole,
        full=tuple(sorted(full)),
        **kept,  # type: ignore[arg-type]
    )


def _two(one: Baseline, other: Baseline) -> Baseline:
    return normal(
        Baseline(
            # Two digests of one workload: the greater name stands for both, as with equal ones.
            digest=max(one.digest, other.digest),
            workload=one.workload,
            image=max(one.image, other.image),
            mode=one.mode if one.mode is other.mode else Mode.LEARN,
            runs=(*one.runs, *other.runs),
            processes=(*one.processes, *other.processes),
            writes=(*one.writes, *other.writes),
            libraries=(*one.libraries, *other.libraries),
            destinations=(*one.destinations, *other.destinations),
            listens=(*one.listens, *other.listens),
            names=(*one.names, *other.names),
            capabilities=(*one.capabilities, *other.capabilities),
            syscalls=(*one.syscalls, *other.syscalls),
            syscalls_whole=one.syscalls_whole or other.syscalls_whole,
            full=(*one.full, *other.full),
        )
    )


def _bounded(values: Iterable[T], kind: str, full: set[str]) -> tuple[T, ...]:
    found = sorted(set(values))
    if len(found) > MAX_VALUES:
        full.add(kind)
    return tuple(found[:MAX_VALUES])


def _processes(seen: Iterable[ProcessSeen]) -> set[ProcessSeen]:
    """Return processes where too many shapes of arguments became any."""
    groups: dict[tuple[str, str], set[str]] = {}
    for one in seen:
        groups.setdefault((one.path, one.parent), set()).add(one.arguments)
    return {
        ProcessSeen(path, parent, shape)
        for (path, parent), shapes in groups.items()
        for shape in (("**",) if "**" in shapes or len(shapes) > MOST_SHAPES else shapes)
    }


def _runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return each run once; of two accounts of one run, what holds for both together."""
    by_id: dict[str, Run] = {}
    for run in runs:
        known = by_id.get(run.id, run)
        by_id[run.id] = Run(
            id=run.id,
            node=max(run.node, known.node),
            first_ns=min(run.first_ns, known.first_ns),
            last_ns=max(run.last_ns, known.last_ns),
            newest_ns=max(run.newest_ns, known.newest_ns),
            events=max(run.events, known.events),
        )
    return tuple(sorted(by_id.values(), key=lambda run: (-run.last_ns, run.id))[:_MAX_RUNS])


_MAX_RUNS = 200
"""The newest runs that a baseline names."""
