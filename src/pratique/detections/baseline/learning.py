"""
Learn what a workload does, event by event.

Law: what ``baseline()`` says, ``Known`` of it holds to be inside: what was learnt never alarms.
Bounded: of each kind ``MAX_VALUES``, after collapsing; a kind that overflows is named in ``full`` and
judged no more.
"""

from msgspec.structs import replace

from pratique.detections.baseline.facts import (
    Fact,
    Kind,
    Value,
    facts,
    image_name,
    workload_name,
)
from pratique.detections.baseline.knowing import holds
from pratique.detections.baseline.merging import normal
from pratique.model.baseline import MAX_VALUES, Baseline, Mode, Run
from pratique.model.event import Event
from pratique.model.observation import SyscallsSeen
from pratique.model.workload import Workload

_ROOM = 32
"""Values of one kind that are held before they are collapsed for the first time."""
_MAX_RUNS = 200


class Learner:
    """
    What is learnt of one workload of one image.

    Args:
        workload: any container of it.
        machine: whose system calls ``SyscallsSeen`` numbers, as ``uname -m`` names it.
    """

    def __init__(self, workload: Workload, machine: str = "x86_64") -> None:
        self._machine = machine
        self._start = Baseline(
            digest=image_name(workload), workload=workload_name(workload), image=workload.image
        )
        self._values: dict[Kind, set[Value]] = {kind: set() for kind in Kind}
        self._room = dict.fromkeys(Kind, _ROOM)
        self._runs: dict[str, Run] = {}
        self._full: set[str] = set()
        self._whole = False

    def see(self, event: Event) -> bool:
        """Take an event of this workload; return whether it told something new."""
        told = [fact for fact in facts(event, self._machine) if self._add(fact)]
        self._whole |= isinstance(event.observation.act, SyscallsSeen)
        self._count(event, new=bool(told))
        return bool(told)

    def baseline(self) -> Baseline:
        """Return what was learnt so far."""
        kinds = {kind.value: tuple(self._values[kind]) for kind in Kind}
        return normal(
            replace(
                self._start,
                mode=Mode.LEARN,
                runs=tuple(self._runs.values()),
                syscalls_whole=self._whole,
                full=tuple(self._full),
                **kinds,
            )
        )

    def _add(self, fact: Fact) -> bool:
        if holds(fact.kind, self._values[fact.kind], fact.value):
            return False
        if len(self._values[fact.kind]) >= self._room[fact.kind]:
            self._collapse(fact.kind)
        if len(self._values[fact.kind]) >= MAX_VALUES:
            self._full.add(fact.kind.value)
            return False
        self._values[fact.kind].add(fact.value)
        return True

    def _collapse(self, kind: Kind) -> None:
        """Let folders and networks stand for what is in them; less often the more there is."""
        small = normal(replace(self._start, **{kind.value: tuple(self._values[kind])}))
        self._values[kind] = set(getattr(small, kind.value))
        self._room[kind] = max(_ROOM, 2 * len(self._values[kind]))
        self._full |= set(small.full)

    def _count(self, event: Event, *, new: bool) -> None:
        if event.workload is None:
            return
        now = event.observation.time_ns
        run = self._runs.get(event.workload.id)
        if run is None:
            if len(self._runs) >= _MAX_RUNS:
                self._runs.pop(next(iter(self._runs)))
            run = Run(id=event.workload.id, node=event.node, first_ns=now)
        self._runs[event.workload.id] = Run(
            id=run.id,
            node=run.node,
            first_ns=min(run.first_ns, now),
            last_ns=max(run.last_ns, now),
            newest_ns=now if new else run.newest_ns,
            events=run.events + event.observation.count,
        )
